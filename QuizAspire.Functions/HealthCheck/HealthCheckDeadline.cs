namespace QuizAspire.Functions.HealthCheck;

/// <summary>
/// The invocation's remaining time, less a margin to report, in halves: whatever the look at the queues takes, there is time to tell.
/// </summary>
internal sealed class HealthCheckDeadline : IDisposable
{
    /// <summary>Kept back for the answer, or the error, to reach Lambda.</summary>
    public static readonly TimeSpan ReportMargin = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _check;
    private readonly CancellationTokenSource _tell;

    public HealthCheckDeadline(TimeSpan remaining, TimeProvider time)
    {
        var usable = remaining > ReportMargin ? remaining - ReportMargin : TimeSpan.Zero;
        _check = new CancellationTokenSource(usable / 2, time);
        _tell = new CancellationTokenSource(usable, time);
        EndsAt = time.GetUtcNow() + remaining;
    }

    public CancellationToken Check => _check.Token;

    public CancellationToken Tell => _tell.Token;

    /// <summary>When Lambda ends the invocation, if it has not ended by then.</summary>
    public DateTimeOffset EndsAt { get; }

    public void Dispose()
    {
        _check.Dispose();
        _tell.Dispose();
    }
}
