using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps by which an application is published; each runs when those that it depends on have succeeded.</summary>
[Experimental("ASPIREPIPELINES001", UrlFormat = "https://aka.ms/aspire/diagnostics/{0}")]
public interface IDistributedApplicationPipeline
{
    /// <param name="dependsOn">The name of a step, or several names, that must have succeeded before.</param>
    /// <param name="requiredBy">The name of a step, or several names, that must wait for this one.</param>
    /// <exception cref="InvalidOperationException">There is a step of that name.</exception>
    /// <exception cref="ArgumentException">A dependency is neither a string nor a sequence of strings.</exception>
    void AddStep(string name, Func<PipelineStepContext, Task> action, object? dependsOn = null, object? requiredBy = null);
}
