namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Flushes one signal on a thread of its own, because the SDK's flush blocks: on a machine of one core a blocked thread of the pool would hold up
/// whoever waits for it.
/// </summary>
/// <param name="interval">No flush sooner than this after the last export.</param>
internal sealed class SignalFlush(CollectorWatch watch, TimeSpan interval) : IDisposable
{
    private readonly object _gate = new();
    private Func<int, bool>? _flush;
    private Request? _request;
    private Thread? _thread;
    private bool _isTold;
    private volatile bool _hasNew;
    private bool _isDisposed;

    public CollectorWatch Watch => watch;

    /// <param name="flush">Takes the milliseconds that it may last.</param>
    /// <param name="isTold">Whether <see cref="Gathered"/> tells when there is something to flush: two threads are not woken for nothing.</param>
    public void Use(Func<int, bool> flush, bool isTold) => (_flush, _isTold) = (flush, isTold);

    /// <summary>There is something that no flush has been begun for.</summary>
    public void Gathered() => _hasNew = true;

    /// <summary>Begins to flush, and says how that ends; null if there is nothing to wait for.</summary>
    public Task<bool>? Begin(TimeSpan atMost)
    {
        lock (_gate)
        {
            // It may still be busy with an earlier one, which nobody waits for any more.
            if (_flush is null || _isDisposed || _request is not null || (_isTold && !_hasNew) || !watch.IsDue(interval))
                return null;

            _hasNew = false;
            _request = new Request((int)atMost.TotalMilliseconds);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "Telemetry flush" };
                _thread.Start();
            }

            Monitor.Pulse(_gate);
            return watch.IsSuspect ? null : _request.Done.Task;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Next() is { } request)
        {
            var isDone = Flush(request.Milliseconds);
            lock (_gate)
            {
                _request = null;
            }

            request.Done.SetResult(isDone);
        }
    }

    private Request? Next()
    {
        lock (_gate)
        {
            while (_request is null && !_isDisposed)
                Monitor.Wait(_gate);

            return _request;
        }
    }

    private bool Flush(int milliseconds)
    {
        try
        {
            // What was taken off the queue before is not this flush's own, but the caller wants it sent as well.
            return _flush!(milliseconds) && watch.Idle.Wait(milliseconds);
        }
        catch (Exception)
        {
            return false; // telemetry never fails the work
        }
    }

    private sealed record Request(int Milliseconds)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
