namespace QuizAspire.Core.Aws;

/// <summary>Pauses between attempts: exponential with full jitter, so that consumers that were throttled together do not return together.</summary>
public sealed class Backoff(TimeProvider time, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <param name="attempt">0 after the first attempt.</param>
    public Task PauseAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(Ceiling(attempt) * random.NextDouble(), time, cancellationToken);

    internal static TimeSpan Ceiling(int attempt) =>
        attempt >= 6 ? Longest : TimeSpan.FromTicks(Math.Min(First.Ticks << attempt, Longest.Ticks));
}
