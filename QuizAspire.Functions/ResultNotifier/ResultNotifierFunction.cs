using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;
using QuizAspire.ServiceDefaults.Aws;

namespace QuizAspire.Functions.ResultNotifier;

/// <summary>The bootstrap of <c>result-notifier</c>: tells the statistics topic what was computed.</summary>
/// <remarks>Nothing is primed: nobody waits for the first answer, and each call of the init phase would only be made twice.</remarks>
internal static class ResultNotifierFunction
{
    public const string Name = "result-notifier";

    private static readonly AwsPatience Patience = new(TimeSpan.FromSeconds(3), Retries: 2);

    public static Task RunAsync() => QueueFunction.RunAsync(Name, metrics => Task.FromResult(Initialize(metrics)));

    private static HandleRecords Initialize(FunctionMetrics metrics)
    {
        var resources = AwsResources.FromEnvironment();
        var time = TimeProvider.System;
        var notifier = new StatisticsNotifier(
            new StatisticsJobStore(AwsClients.DynamoDb(Patience), resources.StatisticsJobsTableName, time),
            new StatisticsReports(AwsClients.S3(Patience), resources.StatisticsBucketName),
            AwsClients.Sns(Patience),
            resources.StatisticsTopicArn,
            FunctionSettings.ApiUrl,
            metrics);
        // A job stays completed when nobody could be told: its statistics are there for whoever asks, and the dead letter tells the operator.
        return new OneByOne(notifier.HandleAsync, recordFailure: null, FunctionSettings.MaxReceiveCount, metrics, time).HandleAsync;
    }
}
