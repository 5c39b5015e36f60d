namespace Amazon.Lambda.TestTool.EventSource;

internal sealed record SqsEventSourceTimes
{
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long batches in flight may take to end once the event source is told to stop; AppHost gives a process 10 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(6);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
