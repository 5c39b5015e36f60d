namespace QuizAspire.Core.DeadLetters;

/// <summary>Spreads messages evenly over time. Without a limit it never waits.</summary>
internal sealed class Pace(TimeProvider time, int? perSecond)
{
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>How long to wait before so many messages may be sent, which takes their place in the line.</summary>
    public TimeSpan Take(int count)
    {
        if (perSecond is not { } rate)
            return TimeSpan.Zero;
        var now = time.GetUtcNow();
        var due = _next > now ? _next : now;
        _next = due + count * TimeSpan.FromSeconds(1) / rate;
        return due - now;
    }
}
