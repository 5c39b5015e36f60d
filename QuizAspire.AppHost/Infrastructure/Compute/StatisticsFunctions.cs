using System.Globalization;
using Constructs;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>From a score sheet to its statistics, and from the statistics to the teacher.</summary>
internal static class StatisticsFunctions
{
    /// <summary>Of the notifier: the API's address, which a local run gives another value.</summary>
    public const string ApiUrlVariable = "QUIZASPIRE_API_URL";

    private const string Calculator = "statistics-calculator";
    private const string Notifier = "result-notifier";

    // A sheet may take the whole timeout, so one is a batch.
    private const int SheetsAtOnce = 1;
    private const int NotificationsAtOnce = 10;
    private const int MaximumConcurrency = 5;

    private static readonly string Receives = StatisticsQueues.Receives.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// It reads a sheet of up to 1 GB as a stream, in a few megabytes of memory. What it needs is a processor: Lambda gives a whole one at
    /// 1,769 MB, and one thread parses. Less takes longer for the same price, and more is idle.
    /// </summary>
    public static QuizFunction AddCalculator(Construct scope, ComputeContext context)
    {
        var (resources, buckets) = (context.Resources, context.Resources.Buckets);
        var (requests, completed) = (resources.StatisticsRequests, resources.StatisticsCompleted);
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
                Permissions.TellMissingObjects(buckets.RawScores),
                Permissions.On(resources.Tables.StatisticsJobs.AttrArn, "dynamodb:GetItem", "dynamodb:UpdateItem"),
                Permissions.On(completed.Queue.AttrArn, "sqs:SendMessage"),
            ],
            Resources = ["RawScoresBucketName", "StatisticsBucketName", "StatisticsCompletedQueueUrl", "StatisticsJobsTableName"],
            Settings = new Dictionary<string, string> { ["QUIZASPIRE_FUNCTION"] = Calculator, ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = Receives },
        });
        function.ConsumesFrom(requests.Queue.AttrArn, SheetsAtOnce, MaximumConcurrency);
        return function;
    }

    /// <param name="apiEndpoint">Where a reader of the message finds the statistics.</param>
    public static QuizFunction AddNotifier(Construct scope, ComputeContext context, string apiEndpoint)
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
                Permissions.TellMissingObjects(buckets.Statistics),
                Permissions.On(context.Resources.Tables.StatisticsJobs.AttrArn, "dynamodb:GetItem", "dynamodb:UpdateItem"),
                .. Permissions.Publish(topics, topics.Statistics.Ref),
            ],
            Resources = ["StatisticsBucketName", "StatisticsTopicArn", "StatisticsJobsTableName"],
            Settings = new Dictionary<string, string>
            {
                ["QUIZASPIRE_FUNCTION"] = Notifier,
                ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = Receives,
                [ApiUrlVariable] = apiEndpoint,
            },
        });
        function.ConsumesFrom(completed.Queue.AttrArn, NotificationsAtOnce, MaximumConcurrency);
        return function;
    }
}
