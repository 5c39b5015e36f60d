namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>How the collector of one signal has been lately: whether it is worth waiting for.</summary>
internal sealed class CollectorWatch(TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _underWay;
    private TaskCompletionSource? _idle;
    private long? _lastBegan;

    /// <summary>It failed, or did not answer in the time that somebody had for it, and has not taken an export since.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>Completes when no export is under way.</summary>
    public Task Idle
    {
        get
        {
            lock (_lock)
            {
                return _underWay == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>Whether the last export began longer ago than this, or none did.</summary>
    public bool IsDue(TimeSpan interval)
    {
        lock (_lock)
        {
            return _lastBegan is not { } began || time.GetElapsedTime(began) >= interval;
        }
    }

    public void Began()
    {
        lock (_lock)
        {
            _underWay++;
            _lastBegan = time.GetTimestamp();
        }
    }

    public void Ended(bool worked)
    {
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            IsSuspect = !worked;
            if (--_underWay == 0)
                (idle, _idle) = (_idle, null);
        }

        idle?.SetResult();
    }

    public void WasWaitedForInVain()
    {
        lock (_lock)
        {
            IsSuspect = true;
        }
    }
}
