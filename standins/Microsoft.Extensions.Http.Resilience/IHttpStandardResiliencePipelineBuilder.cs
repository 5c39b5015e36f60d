using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Http.Resilience;

public interface IHttpStandardResiliencePipelineBuilder
{
    /// <summary>Name of the pipeline, and of its options.</summary>
    string PipelineName { get; }

    IServiceCollection Services { get; }
}
