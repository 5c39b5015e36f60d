using Polly.CircuitBreaker;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Opens for 5 seconds when a tenth of at least 100 attempts within 30 seconds failed transiently, unless changed.</summary>
public class HttpCircuitBreakerStrategyOptions : CircuitBreakerStrategyOptions<HttpResponseMessage>
{
    public HttpCircuitBreakerStrategyOptions() =>
        ShouldHandle = args => new(HttpClientResiliencePredicates.IsTransient(args.Outcome));
}
