using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>From a score sheet to its statistics, and from the statistics to the teacher.</summary>
internal static class StatisticsFunctions
{
    private const string Calculator = "statistics-calculator";
    private const string Notifier = "result-notifier";

    // A sheet may take the whole timeout, so one is a batch.
    private const int SheetsAtOnce = 1;
    private const int NotificationsAtOnce = 10;
    private const int MaximumConcurrency = 5;

    /// <summary>
    /// It reads a sheet of up to 1 GB as a stream, in a few megabytes of memory. What it needs is a processor: Lambda gives a whole one at
    /// 1,769 MB, and one thread parses. Less takes longer for the same price, and more is idle.
    /// </summary>
    public static QuizFunction AddCalculator(Construct scope, ComputeContext context)
    {
        var (requests, completed, buckets) = (context.Resources.StatisticsRequests, context.Resources.StatisticsCompleted, context.Resources.Buckets);
        var function = new QuizFunction(scope, "StatisticsCalculator", context, new FunctionDefinition(
            Calculator, "Computes the statistics of a score sheet.", FunctionTimeouts.StatisticsCalculatorSeconds, MemoryMegabytes: 1769)
        {
            Code = context.Code.Functions,
            RoleName = $"{Calculator}-lambda-role",
            Permissions =
            [
                Permissions.Consume(requests.Queue),
                Permissions.On($"{buckets.RawScores.AttrArn}/*", "s3:GetObject"),
                Permissions.On($"{buckets.Statistics.AttrArn}/*", "s3:PutObject"),
                Permissions.On(completed.Queue.AttrArn, "sqs:SendMessage"),
            ],
            Resources = ["RawScoresBucketName", "StatisticsBucketName", "StatisticsCompletedQueueUrl"],
            Settings = new Dictionary<string, string> { ["QUIZASPIRE_FUNCTION"] = Calculator },
        });
        function.ConsumesFrom(requests.Queue.AttrArn, SheetsAtOnce, MaximumConcurrency, FunctionsToCome.StatisticsAreCalled);
        return function;
    }

    public static QuizFunction AddNotifier(Construct scope, ComputeContext context)
    {
        var (completed, buckets, topics) = (context.Resources.StatisticsCompleted, context.Resources.Buckets, context.Resources.Topics);
        var function = new QuizFunction(scope, "ResultNotifier", context, new FunctionDefinition(
            Notifier, "Tells the statistics topic about finished statistics.", FunctionTimeouts.ResultNotifierSeconds, MemoryMegabytes: 256)
        {
            Code = context.Code.Functions,
            RoleName = $"{Notifier}-lambda-role",
            Permissions =
            [
                Permissions.Consume(completed.Queue),
                Permissions.On($"{buckets.Statistics.AttrArn}/*", "s3:GetObject"),
                .. Permissions.Publish(topics, topics.Statistics.Ref),
            ],
            Resources = ["StatisticsBucketName", "StatisticsTopicArn"],
            Settings = new Dictionary<string, string> { ["QUIZASPIRE_FUNCTION"] = Notifier },
        });
        function.ConsumesFrom(completed.Queue.AttrArn, NotificationsAtOnce, MaximumConcurrency, FunctionsToCome.StatisticsAreCalled);
        return function;
    }
}
