using Amazon.DynamoDBv2;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;
using QuizAspire.ServiceDefaults.Aws;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>The bootstrap of <c>quiz-processor</c>: scores submissions from the queue and stores their results.</summary>
internal static class QuizProcessorFunction
{
    public const string Name = "quiz-processor";

    // A key of 500 questions takes some 200 KB, so a full cache of the largest stays below a fifth of the function's 512 MB.
    private const int CachedKeys = 400;

    public static Task RunAsync() => QueueFunction.RunAsync(Name, InitializeAsync);

    /// <summary>Runs in the init phase, so that the first event meets a client that has its credentials and a connection.</summary>
    private static async Task<HandleRecords> InitializeAsync(FunctionMetrics metrics)
    {
        var resources = AwsResources.FromEnvironment();
        var tables = new Tables(resources.DynamodbTableName, resources.QuizzesTableName, resources.SubmissionsTableName);
        var maxReceiveCount = FunctionSettings.MaxReceiveCount;
        var dynamo = AwsClients.DynamoDb(new AwsPatience(TimeSpan.FromSeconds(5), Retries: 3));
        await Priming.RunAsync(dynamo, tables.Quizzes, TimeProvider.System);
        return Compose(dynamo, tables, maxReceiveCount, metrics, TimeProvider.System);
    }

    internal static HandleRecords Compose(IAmazonDynamoDB dynamo, Tables tables, int maxReceiveCount, FunctionMetrics metrics, TimeProvider time)
    {
        var backoff = new Backoff(time, Random.Shared);
        var origins = new SubmissionOrigins(new MessageOriginStore(dynamo, tables.Submissions, time, backoff), time, maxReceiveCount);
        var keys = new AnswerKeyCache(new QuizStore(dynamo, tables.Quizzes, time).FindAnswerKeyAsync, time, CachedKeys);
        var writer = new ResultWriter(dynamo, tables.Results, backoff);
        return new SubmissionBatch(origins, new SubmissionScorer(keys, time), writer, maxReceiveCount, metrics, time).HandleAsync;
    }

    /// <summary>Names of the tables.</summary>
    internal sealed record Tables(string Results, string Quizzes, string Submissions);
}
