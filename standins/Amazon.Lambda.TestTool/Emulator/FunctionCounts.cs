namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>What CloudWatch counts for a function, since the emulator started, and what it is doing now. Durations are in milliseconds.</summary>
/// <param name="DurationCount">How many invocations have ended and so have a duration.</param>
/// <param name="RecentDurations">Of the newest of them, the newest last: enough for who looks every few seconds.</param>
internal sealed record FunctionCounts(
    string FunctionName, int TimeoutSeconds, long Invocations, long Errors, long Throttles, double DurationTotal, double DurationMaximum,
    int Running, int Waiting, int Instances, long DurationCount, IReadOnlyList<double> RecentDurations);
