namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// Waits for a time of day. A timer alone would not do: it does not run while a laptop sleeps, and knows nothing of a clock that is set.
/// </summary>
/// <param name="tick">How often the clock is looked at.</param>
internal sealed class TimeOfDay(TimeProvider time, TimeSpan tick)
{
    /// <summary>A clock that is corrected goes back by less.</summary>
    public static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <returns>False when the clock was set back meanwhile, by more than a correction: nobody knows then how long the wait would be.</returns>
    public async Task<bool> UntilAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(tick, time);
        var latest = Now;
        while (latest < due)
        {
            await timer.WaitForNextTickAsync(cancellation);
            var now = Now;
            if (now < latest - Correction)
                return false;
            latest = now > latest ? now : latest;
        }
        return true;
    }
}
