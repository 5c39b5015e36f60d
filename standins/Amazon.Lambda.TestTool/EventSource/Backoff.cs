namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>Pauses that double from the first to the longest, each a random part of its step, so that pollers do not march together.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private int _failures;

    public void Reset() => _failures = 0;

    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var step = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(_failures++, 20)));
        return Task.Delay(TimeSpan.FromMilliseconds(step * (0.5 + 0.5 * Random.Shared.NextDouble())), time, cancellationToken);
    }
}
