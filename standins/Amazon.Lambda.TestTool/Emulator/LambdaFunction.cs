namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>
/// One function: the calls that wait, in order, the instances that wait for a call, and what is running. Every instance gets calls of its own.
/// </summary>
internal sealed class LambdaFunction(string name, bool isDeclared, LambdaEmulatorSettings settings)
{
    // A runtime that answers after its timeout is told apart from one that makes ids up.
    private const int RememberedTimeouts = 256;
    private const int RememberedDurations = 1000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Invocation> _waiting = new();
    private readonly LinkedList<Poller> _pollers = new();
    private readonly Dictionary<string, Invocation> _running = new(StringComparer.Ordinal);
    private readonly Queue<string> _timedOut = new();
    private readonly Queue<double> _durations = new();
    private readonly HashSet<string> _connections = new(StringComparer.Ordinal);
    private readonly TimeSpan _timeout = settings.FunctionTimeouts.Of(name);
    private bool _isKnown = isDeclared;
    private long _waitingBytes, _invocations, _errors, _throttles, _durationCount;
    private double _durationTotal, _durationMaximum;

    public string Name => name;

    public TimeSpan Timeout => _timeout;

    /// <summary>It is declared, or an instance of it has been seen.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_gate)
                return _isKnown;
        }
    }

    public FunctionCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new FunctionCounts(name, (int)_timeout.TotalSeconds, _invocations, _errors, _throttles, _durationTotal, _durationMaximum,
                    _running.Count, _waiting.Count, CountInstances(), _durationCount, [.. _durations]);
            }
        }
    }

    /// <summary>True: an instance comes by this connection for the first time. It counts as running until <see cref="Disconnect"/>.</summary>
    public bool Connect(string connection)
    {
        lock (_gate)
            return _connections.Add(connection);
    }

    public void Disconnect(string connection)
    {
        lock (_gate)
            _connections.Remove(connection);
    }

    /// <summary>Hands the call to an instance, or lets it wait for one. False: too many wait already.</summary>
    public bool TryEnqueue(Invocation invocation)
    {
        lock (_gate)
        {
            while (_pollers.First is { } poller)
            {
                _pollers.RemoveFirst();
                // The end of its connection may be known before the end of its request.
                var isThere = _connections.Contains(poller.Value.Connection);
                if (poller.Value.Next.TrySetResult(isThere ? invocation : null) && isThere)
                    return true;
            }
            if (_waiting.Count >= settings.MaxWaiting || _waitingBytes + invocation.Payload.Length > settings.MaxWaitingBytes)
                return false;
            _waiting.AddLast(invocation);
            _waitingBytes += invocation.Payload.Length;
            return true;
        }
    }

    /// <summary>Takes back a call that no instance has fetched. False: one has.</summary>
    public bool TryWithdraw(Invocation invocation)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(invocation))
                return false;
            _waitingBytes -= invocation.Payload.Length;
            return true;
        }
    }

    public void CountThrottle()
    {
        lock (_gate)
            _throttles++;
    }

    /// <summary>The next call for an instance; null when the instance goes away first.</summary>
    public async Task<Invocation?> NextAsync(string connection, CancellationToken gone)
    {
        var poller = new LinkedListNode<Poller>(new(connection, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        lock (_gate)
        {
            _isKnown = true;
            if (!_connections.Contains(connection))
                return null;
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                _waitingBytes -= first.Value.Payload.Length;
                poller.Value.Next.SetResult(first.Value);
            }
            else
            {
                _pollers.AddLast(poller);
            }
        }
        await using var registration = gone.UnsafeRegister(_ => Leave(poller), null);
        var invocation = await poller.Value.Next.Task;
        if (invocation is not null)
            Start(invocation, connection);
        return invocation;
    }

    /// <summary>False: there is no such call, or it has ended.</summary>
    public bool TryEnd(string requestId, InvocationResult result, bool isTimeout = false)
    {
        Invocation? invocation;
        lock (_gate)
        {
            if (!_running.Remove(requestId, out invocation))
                return false;
            var milliseconds = settings.Time.GetElapsedTime(invocation.StartedAt).TotalMilliseconds;
            _durationTotal += milliseconds;
            _durationCount++;
            _durations.Enqueue(milliseconds);
            if (_durations.Count > RememberedDurations)
                _durations.Dequeue();
            _durationMaximum = Math.Max(_durationMaximum, milliseconds);
            _errors += result.IsError ? 1 : 0;
            if (isTimeout)
            {
                _timedOut.Enqueue(requestId);
                // AWS would have ended this instance. Here it may hang, and counts again once it asks for work.
                _connections.Remove(invocation.Connection!);
            }
            if (_timedOut.Count > RememberedTimeouts)
                _timedOut.Dequeue();
        }
        invocation.End(result);
        return true;
    }

    public bool HasTimedOut(string requestId)
    {
        lock (_gate)
            return _timedOut.Contains(requestId);
    }

    /// <summary>The call that the instance behind a connection has fetched and not answered.</summary>
    public string? RunningOn(string connection)
    {
        lock (_gate)
            return _running.Values.FirstOrDefault(invocation => invocation.Connection == connection)?.RequestId;
    }

    /// <summary>An instance could not start: the oldest waiting call is told so, unless others are there to take it.</summary>
    public void FailInitialization(InvocationResult error)
    {
        Invocation invocation;
        lock (_gate)
        {
            _isKnown = true;
            if (_waiting.First is not { } first || CountInstances() > 0)
                return;
            _waiting.RemoveFirst();
            invocation = first.Value;
            _waitingBytes -= invocation.Payload.Length;
            _invocations++;
            _errors++;
        }
        invocation.End(error);
    }

    // A runtime that opens a connection for each request is one as long as it works; between two requests it cannot be seen.
    private int CountInstances() => _running.Values.Select(invocation => invocation.Connection!).Union(_connections).Count();

    private void Start(Invocation invocation, string connection)
    {
        lock (_gate)
        {
            _running[invocation.RequestId] = invocation;
            _invocations++;
            invocation.Start(connection, settings.Time.GetTimestamp());
        }
        _ = EndAtTimeoutAsync(invocation);
    }

    private async Task EndAtTimeoutAsync(Invocation invocation)
    {
        try
        {
            await invocation.Ended.WaitAsync(_timeout, settings.Time);
        }
        catch (TimeoutException)
        {
            TryEnd(invocation.RequestId, LambdaErrors.Timeout(invocation.RequestId, _timeout), isTimeout: true);
        }
    }

    private void Leave(LinkedListNode<Poller> poller)
    {
        lock (_gate)
        {
            if (poller.List is not null)
                _pollers.Remove(poller);
            poller.Value.Next.TrySetResult(null);
        }
    }

    /// <summary>An instance that waits for a call.</summary>
    private sealed record Poller(string Connection, TaskCompletionSource<Invocation?> Next);
}
