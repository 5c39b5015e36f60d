namespace QuizAspire.Functions.Telemetry;

/// <summary>What a function did with a statistics job.</summary>
internal static class JobOutcome
{
    public const string Completed = "completed";

    /// <summary>The sheet cannot be read, which its teacher is told; or the job's message has failed on its last receive.</summary>
    public const string Failed = "failed";

    public const string Told = "told";

    /// <summary>A message about it came again, and there was nothing left to do.</summary>
    public const string Repeated = "repeated";
}
