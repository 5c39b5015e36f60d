namespace QuizAspire.AppHost.Infrastructure;

/// <summary>Timeouts of the statistics functions, in seconds, from which their queues' visibility timeouts follow.</summary>
internal static class FunctionTimeouts
{
    /// <summary>A sheet may have 1 GB. In this time it is read at 3.4 MB/s, far below what one download from S3 gives.</summary>
    public const int StatisticsCalculatorSeconds = 300;

    /// <summary>Ten small reads from S3 and ten publications.</summary>
    public const int ResultNotifierSeconds = 30;
}
