namespace QuizAspire.Functions.Batches;

/// <summary>The invocation's remaining time, shared out: the work ends first, failures are recorded after it, then the batch is reported.</summary>
internal sealed class BatchDeadline : IDisposable
{
    /// <summary>Kept back for recording failures and reporting.</summary>
    public static readonly TimeSpan WorkMargin = TimeSpan.FromMilliseconds(1500);

    /// <summary>Kept back for reporting alone.</summary>
    public static readonly TimeSpan RecordMargin = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _workEndsAt;
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _record;

    public BatchDeadline(TimeSpan remaining, TimeProvider time)
    {
        _time = time;
        _workEndsAt = time.GetUtcNow() + remaining - WorkMargin;
        _work = After(remaining - WorkMargin, time);
        _record = After(remaining - RecordMargin, time);
    }

    public CancellationToken Work => _work.Token;

    public CancellationToken Record => _record.Token;

    /// <summary>The first of so many equal parts of the time that is left for the work.</summary>
    public CancellationTokenSource Share(int parts) => After((_workEndsAt - _time.GetUtcNow()) / parts, _time);

    public void Dispose()
    {
        _work.Dispose();
        _record.Dispose();
    }

    private static CancellationTokenSource After(TimeSpan delay, TimeProvider time)
    {
        if (delay > TimeSpan.Zero)
            return new CancellationTokenSource(delay, time);

        var past = new CancellationTokenSource();
        past.Cancel();
        return past;
    }
}
