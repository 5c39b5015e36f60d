using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Http.Resilience.Internal;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

public static class ResilienceHttpClientBuilderExtensions
{
    private const string Standard = "standard";

    /// <summary>
    /// Sends the client's requests through a limit of requests at once, a timeout for all attempts, retries, a circuit breaker and a timeout for each attempt.
    /// The clients of one name share a pipeline, and so its circuit.
    /// </summary>
    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The defaults of all clients have no name.
        var name = string.IsNullOrEmpty(builder.Name) ? Standard : $"{builder.Name}-{Standard}";
        builder.Services.AddOptions<HttpStandardResilienceOptions>(name).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HttpStandardResilienceOptions>>(new StandardOptionsValidator(name));
        builder.Services.AddKeyedSingleton(name, (services, _) =>
            BuildPipeline(services.GetRequiredService<IOptionsMonitor<HttpStandardResilienceOptions>>().Get(name)));
        builder.AddHttpMessageHandler(services =>
            new ResilienceHandler(services.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(name)));
        return new PipelineBuilder(name, builder.Services);
    }

    public static IHttpStandardResiliencePipelineBuilder AddStandardResilienceHandler(
        this IHttpClientBuilder builder, Action<HttpStandardResilienceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var pipeline = builder.AddStandardResilienceHandler();
        pipeline.Services.Configure(pipeline.PipelineName, configure);
        return pipeline;
    }

    private static ResiliencePipeline<HttpResponseMessage> BuildPipeline(HttpStandardResilienceOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddStrategy(_ => new ConcurrencyLimit(), new ConcurrencyLimitOptions())
            .AddTimeout(options.TotalRequestTimeout)
            .AddRetry(options.Retry)
            .AddCircuitBreaker(options.CircuitBreaker)
            .AddTimeout(options.AttemptTimeout)
            .Build();

    private sealed record PipelineBuilder(string PipelineName, IServiceCollection Services) : IHttpStandardResiliencePipelineBuilder;
}
