namespace QuizAspire.AppHost.Infrastructure;

/// <summary>Timeouts of the statistics functions, in seconds, from which their queues' visibility timeouts follow.</summary>
internal static class FunctionTimeouts
{
    /// <summary>A sheet may have 1 GB; read at a tenth of the 40 MB/s that one download from S3 gives a Lambda, it takes 250 s.</summary>
    public const int StatisticsCalculatorSeconds = 300;

    /// <summary>Ten small reads from S3 and ten publications.</summary>
    public const int ResultNotifierSeconds = 30;
}
