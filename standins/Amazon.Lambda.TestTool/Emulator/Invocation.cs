namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>What a caller is told: the function's response, or the error in whose place it stands.</summary>
internal sealed record InvocationResult(ReadOnlyMemory<byte> Payload, bool IsError);

internal sealed class Invocation(string requestId, ReadOnlyMemory<byte> payload, string traceId)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<InvocationResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId => requestId;

    public ReadOnlyMemory<byte> Payload => payload;

    public string TraceId => traceId;

    /// <summary>Set once an instance has it: the connection that fetched it, and when.</summary>
    public string? Connection { get; private set; }

    public long StartedAt { get; private set; }

    /// <summary>An instance has it, or it ended before one had.</summary>
    public Task Started => _started.Task;

    public Task<InvocationResult> Ended => _ended.Task;

    public void Start(string connection, long timestamp)
    {
        Connection = connection;
        StartedAt = timestamp;
        _started.TrySetResult();
    }

    public void End(InvocationResult result)
    {
        _ended.TrySetResult(result);
        _started.TrySetResult();
    }
}
