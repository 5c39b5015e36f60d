using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>Settings that contradict each other are errors at start. Each strategy checks its own ranges when the pipeline is built.</summary>
internal sealed class StandardOptionsValidator(string name) : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, HttpStandardResilienceOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        var (attempt, total) = (options.AttemptTimeout.Timeout, options.TotalRequestTimeout.Timeout);
        List<string> errors = [];
        if (attempt > total)
        {
            errors.Add($"The timeout of all attempts ({total.TotalSeconds}s) must not be less than that of each ({attempt.TotalSeconds}s).");
        }

        if (options.CircuitBreaker.SamplingDuration < attempt * 2)
        {
            errors.Add($"The circuit breaker's sampling duration ({options.CircuitBreaker.SamplingDuration.TotalSeconds}s) must be at least twice the timeout of each attempt ({attempt.TotalSeconds}s).");
        }

        if (PausesOf(options.Retry) > total)
        {
            errors.Add($"The pauses between the attempts ({PausesOf(options.Retry).TotalSeconds}s) must fit into the timeout of all ({total.TotalSeconds}s).");
        }

        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }

    /// <summary>All pauses, without jitter.</summary>
    private static TimeSpan PausesOf(HttpRetryStrategyOptions retry)
    {
        var all = TimeSpan.Zero;
        for (var attempt = 0; attempt < Math.Min(retry.MaxRetryAttempts, 30); attempt++)
        {
            all += retry.BackoffType switch
            {
                DelayBackoffType.Constant => retry.Delay,
                DelayBackoffType.Linear => retry.Delay * (attempt + 1),
                _ => retry.Delay * Math.Pow(2, attempt),
            };
        }

        return all;
    }
}
