using Amazon.DynamoDBv2;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Quizzes;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>
/// One harmless call while the platform is still initializing: credentials, TLS connection, and the SDK's first call, which
/// is its slowest. More of it was measured and left out: a refused write takes 11 ms off the first message and adds 28 ms
/// here, a sample event 14 ms and 33 ms.
/// </summary>
internal static class Priming
{
    // The init phase of a Lambda lasts at most 10 s, and a database that is down now may be up for the first event.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(IAmazonDynamoDB dynamo, string quizzesTable, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            await new QuizStore(dynamo, quizzesTable, time).FindAnswerKeyAsync("-", null, limit.Token);
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            await Console.Error.WriteLineAsync($"Priming failed, the first event will be slower: {DynamoErrors.Describe(exception)}");
        }
    }
}
