using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

[Experimental("ASPIREPIPELINES004", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IPipelineOutputService
{
    /// <summary>The full path of what <c>--output-path</c> says; <c>aspire-output</c> beside the AppHost's project when it says nothing.</summary>
    string GetOutputDirectory();
}

#pragma warning disable ASPIREPIPELINES001, ASPIREPIPELINES004 // The pipeline's own parts.

internal sealed class PipelineOutputService(IOptions<PipelineOptions> options, IConfiguration configuration) : IPipelineOutputService
{
    public string GetOutputDirectory() => options.Value.OutputPath is { } path
        ? Path.GetFullPath(path)
        : Path.Combine(Path.GetFullPath(configuration["AppHost:Directory"] is { Length: > 0 } directory ? directory : "."), "aspire-output");
}
