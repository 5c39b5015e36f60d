namespace Amazon.Lambda.TestTool.Emulator;

internal sealed record LambdaEmulatorSettings
{
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; }

    public FunctionTimeouts FunctionTimeouts { get; init; } = FunctionTimeouts.None;

    /// <summary>How long a call waits for an instance of the function: it may be starting, or busy with another call.</summary>
    public TimeSpan InstanceWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its connection is gone a runtime may still answer on another one.</summary>
    public TimeSpan DisconnectGrace { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Calls of one function that may wait for an instance; more are throttled.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>Their events together, in bytes.</summary>
    public long MaxWaitingBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>When a failed asynchronous invocation is tried again.</summary>
    public IReadOnlyList<TimeSpan> EventRetries { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
