namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>Lambda's quotas on what goes in and out of an invocation, in bytes.</summary>
internal static class Limits
{
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>Of an asynchronous invocation.</summary>
    public const int EventBytes = 1024 * 1024;

    /// <summary>6 MiB and the 100 bytes that Lambda allows beyond.</summary>
    public const int ResponseBytes = 6 * 1024 * 1024 + 100;
}
