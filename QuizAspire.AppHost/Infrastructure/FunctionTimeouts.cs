namespace QuizAspire.AppHost.Infrastructure;

/// <summary>Timeouts in seconds of the functions that queues call, which bound the queues' visibility timeouts.</summary>
internal static class FunctionTimeouts
{
    public const int QuizProcessorSeconds = 60;

    /// <summary>A sheet may have 1 GB. In this time it is read at 3.4 MB/s, far below what one download from S3 gives.</summary>
    public const int StatisticsCalculatorSeconds = 300;

    /// <summary>Ten small reads from S3 and ten publications.</summary>
    public const int ResultNotifierSeconds = 30;
}
