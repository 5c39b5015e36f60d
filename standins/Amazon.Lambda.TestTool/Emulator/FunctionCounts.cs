namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>What CloudWatch counts for a function, since the emulator started, and what it is doing now. Durations are in milliseconds.</summary>
internal sealed record FunctionCounts(
    string FunctionName, int TimeoutSeconds, long Invocations, long Errors, long Throttles, double DurationTotal, double DurationMaximum,
    int Running, int Waiting, int Instances);
