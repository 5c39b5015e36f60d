using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>Scores the submissions of the queue and keeps the results.</summary>
internal static class ProcessorFunction
{
    private const string Name = "quiz-processor";

    // More is not possible on a FIFO queue, which has no batching window either.
    private const int BatchSize = 10;

    public static QuizFunction Add(Construct scope, ComputeContext context)
    {
        var (submissions, tables) = (context.Resources.Submissions, context.Resources.Tables);
        var function = new QuizFunction(scope, "Processor", context, new FunctionDefinition(
            Name, "Scores the submissions of the queue and keeps the results.", FunctionTimeouts.QuizProcessorSeconds, MemoryMegabytes: 512)
        {
            Code = context.Code.Functions,
            RoleName = $"{Name}-lambda-role",
            Permissions =
            [
                Permissions.Consume(submissions.Queue),
                Permissions.On(tables.Results.AttrArn, "dynamodb:BatchWriteItem", "dynamodb:PutItem"),
                Permissions.On(tables.Quizzes.AttrArn, "dynamodb:GetItem"),
                // The mark of a dead letter without an identity, by which its redrive finds the same result.
                Permissions.On(tables.AcceptedSubmissions.AttrArn, "dynamodb:BatchGetItem", "dynamodb:PutItem"),
            ],
            Resources = ["DynamodbTableName", "QuizzesTableName", "SubmissionsTableName"],
            Settings = new Dictionary<string, string>
            {
                ["QUIZASPIRE_FUNCTION"] = Name,
                ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = Token.AsString(context.ResourceParameters.MaxReceiveCount),
            },
        });
        function.ConsumesFrom(submissions.Queue.AttrArn, BatchSize, context.Parameters.MaximumConcurrency);
        return function;
    }
}
