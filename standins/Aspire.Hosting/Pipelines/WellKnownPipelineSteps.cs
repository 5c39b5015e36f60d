using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public static class WellKnownPipelineSteps
{
    /// <summary>Does nothing itself; every step that publishes is required by it.</summary>
    public const string Publish = "publish";

    /// <summary>Runs before every step that publishes.</summary>
    public const string PublishPrereq = "publish-prereq";
}
