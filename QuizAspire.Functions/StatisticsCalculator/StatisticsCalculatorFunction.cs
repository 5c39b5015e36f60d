using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;
using QuizAspire.ServiceDefaults.Aws;

namespace QuizAspire.Functions.StatisticsCalculator;

/// <summary>The bootstrap of <c>statistics-calculator</c>: reads score sheets and writes their statistics.</summary>
/// <remarks>Nothing is primed: nobody waits for the first answer, and each call of the init phase would only be made twice.</remarks>
internal static class StatisticsCalculatorFunction
{
    public const string Name = "statistics-calculator";

    private static readonly AwsPatience Patience = new(TimeSpan.FromSeconds(5), Retries: 3);

    // S3 may take a while to begin with an object, and a minute-long job need not hurry.
    private static readonly AwsPatience S3Patience = Patience with { AttemptTimeout = TimeSpan.FromSeconds(20) };

    public static Task RunAsync() => QueueFunction.RunAsync(Name, metrics => Task.FromResult(Initialize(metrics)));

    private static HandleRecords Initialize(FunctionMetrics metrics)
    {
        var resources = AwsResources.FromEnvironment();
        var (time, s3) = (TimeProvider.System, AwsClients.S3(S3Patience));
        var calculator = new SheetCalculator(
            new StatisticsJobStore(AwsClients.DynamoDb(Patience), resources.StatisticsJobsTableName, time),
            new RawSheets(s3, resources.RawScoresBucketName, time, new Backoff(time, Random.Shared)),
            new StatisticsReports(s3, resources.StatisticsBucketName),
            AwsClients.Sqs(Patience),
            resources.StatisticsCompletedQueueUrl,
            metrics);
        return new OneByOne(calculator.HandleAsync, calculator.RecordFailureAsync, FunctionSettings.MaxReceiveCount, metrics, time).HandleAsync;
    }
}
