using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.Tests.Infrastructure;

namespace QuizAspire.Tests.Embedded;

/// <summary>The plan of the real stack, from which AppHost takes names, URLs and the function's environment before anything runs.</summary>
public sealed class StackPlanTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private StackPlan Plan => StackPlanner.Plan(File.ReadAllText(synthesized.Path), "quiz-aspire", new EmulatorAddresses(4566, 8000));

    [Fact]
    public void Outputs_are_the_contract() => Assert.Equal(
        new Dictionary<string, string>
        {
            ["SqsQueueUrl"] = "http://127.0.0.1:4566/000000000000/quiz-submissions.fifo",
            ["SqsQueueArn"] = "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo",
            ["DlqUrl"] = "http://127.0.0.1:4566/000000000000/quiz-submissions-dlq.fifo",
            ["DynamodbTableName"] = "quiz-results",
            ["DynamodbTableArn"] = "arn:aws:dynamodb:us-west-1:000000000000:table/quiz-results",
            ["QuizzesTableName"] = "quiz-quizzes",
            ["SubmissionsTableName"] = "quiz-accepted-submissions",
            ["LambdaFunctionArn"] = "arn:aws:lambda:us-west-1:000000000000:function:quiz-processor",
        },
        Plan.Outputs);

    [Fact]
    public void Function_has_what_the_template_says()
    {
        var function = Plan.Function("quiz-processor");

        Assert.Equal("QuizAspire.Functions", function.Handler);
        Assert.Equal(TimeSpan.FromSeconds(60), function.Timeout);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["QUIZASPIRE_FUNCTION"] = "quiz-processor",
                ["QUIZASPIRE_MAX_RECEIVE_COUNT"] = "3",
                ["AWS__Resources__DynamodbTableName"] = "quiz-results",
                ["AWS__Resources__QuizzesTableName"] = "quiz-quizzes",
            },
            function.Environment);
    }

    [Fact]
    public void Event_source_has_what_the_template_says() => Assert.Equal(
        new PlannedEventSource(
            "quiz-submissions.fifo",
            "http://127.0.0.1:4566/000000000000/quiz-submissions.fifo",
            "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo",
            VisibilityTimeout: 70,
            BatchSize: 10,
            MaximumConcurrency: 5,
            ReportsItemFailures: true,
            Enabled: true),
        Assert.Single(Plan.Function("quiz-processor").EventSources));

    [Fact]
    public void Unknown_function_is_an_error_that_lists_the_known() =>
        Assert.Contains("quiz-processor", Assert.Throws<EmbeddedAwsException>(() => Plan.Function("other")).Message, StringComparison.Ordinal);
}
