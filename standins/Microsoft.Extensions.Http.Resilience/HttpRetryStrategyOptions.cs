using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Three retries of what failed transiently, after 2, 4 and 8 seconds with jitter, unless changed.</summary>
public class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage>
{
    private bool _shouldRetryAfterHeader;

    public HttpRetryStrategyOptions()
    {
        ShouldHandle = args => new(HttpClientResiliencePredicates.IsTransient(args.Outcome));
        BackoffType = DelayBackoffType.Exponential;
        UseJitter = true;
        ShouldRetryAfterHeader = true;
    }

    /// <summary>Whether a server's Retry-After decides the pause, in the place of the computed one.</summary>
    public bool ShouldRetryAfterHeader
    {
        get => _shouldRetryAfterHeader;
        set
        {
            _shouldRetryAfterHeader = value;
            DelayGenerator = value ? args => new(PauseOf(args.Outcome.Result)) : null;
        }
    }

    // Null: the strategy's own pause.
    private static TimeSpan? PauseOf(HttpResponseMessage? response)
    {
        var pause = response?.Headers.RetryAfter switch
        {
            { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
            { Delta: { } delta } => delta,
            _ => (TimeSpan?)null,
        };
        return pause >= TimeSpan.Zero ? pause : null;
    }
}
