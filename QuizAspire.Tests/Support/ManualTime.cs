namespace QuizAspire.Tests.Support;

/// <summary>A clock that moves when it is told to. Its timers are the system's.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public static ManualTime AtNoon() => new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero));

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.UtcTicks;
}
