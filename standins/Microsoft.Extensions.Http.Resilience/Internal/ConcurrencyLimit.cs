using System.Threading.RateLimiting;
using Polly;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>1,000 requests at once and none waiting. The real package takes this from Polly.RateLimiting, and lets it be changed.</summary>
internal sealed class ConcurrencyLimit : ResilienceStrategy<HttpResponseMessage>
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 1000, QueueLimit = 0 });

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        using var lease = await _limiter.AcquireAsync(1, context.CancellationToken).ConfigureAwait(context.ContinueOnCapturedContext);
        return lease.IsAcquired
            ? await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext)
            : Outcome.FromException<HttpResponseMessage>(new RateLimiterRejectedException());
    }
}

internal sealed class ConcurrencyLimitOptions : ResilienceStrategyOptions
{
    public ConcurrencyLimitOptions() => Name = "Standard-RateLimiter";
}

/// <summary>Callers know it as what it is derived from.</summary>
internal sealed class RateLimiterRejectedException() : ExecutionRejectedException("The operation could not be executed because it was rejected by the rate limiter.");
