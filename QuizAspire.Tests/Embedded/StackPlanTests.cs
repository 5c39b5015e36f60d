using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Provisioned;
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
            ["StatisticsJobsTableName"] = "quiz-statistics-jobs",
            ["HealthStateTableName"] = "quiz-health-state",
            ["SnsTopicArn"] = "arn:aws:sns:us-west-1:000000000000:quiz-processing-alerts",
            ["CloudwatchAlarmName"] = "quiz-queue-depth-high",
            ["StatisticsRequestsQueueUrl"] = "http://127.0.0.1:4566/000000000000/statistics-requests",
            ["StatisticsRequestsDlqUrl"] = "http://127.0.0.1:4566/000000000000/statistics-requests-dlq",
            ["StatisticsCompletedQueueUrl"] = "http://127.0.0.1:4566/000000000000/statistics-completed",
            ["StatisticsCompletedDlqUrl"] = "http://127.0.0.1:4566/000000000000/statistics-completed-dlq",
            ["RawScoresBucketName"] = "quiz-raw-scores-000000000000-us-west-1",
            ["StatisticsBucketName"] = "quiz-statistics-000000000000-us-west-1",
            ["StatisticsTopicArn"] = "arn:aws:sns:us-west-1:000000000000:quiz-statistics",
            ["LambdaFunctionArn"] = "arn:aws:lambda:us-west-1:000000000000:function:quiz-processor",
            ["HealthCheckLambdaArn"] = "arn:aws:lambda:us-west-1:000000000000:function:quiz-queue-health-check",
            ["StatisticsCalculatorLambdaArn"] = "arn:aws:lambda:us-west-1:000000000000:function:statistics-calculator",
            ["ResultNotifierLambdaArn"] = "arn:aws:lambda:us-west-1:000000000000:function:result-notifier",
            ["ApiLambdaArn"] = "arn:aws:lambda:us-west-1:000000000000:function:quiz-api",
            ["ApiEndpoint"] = "https://not-emulated.execute-api.us-west-1.amazonaws.com",
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
                ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0.05",
                ["AWS__Resources__DynamodbTableName"] = "quiz-results",
                ["AWS__Resources__QuizzesTableName"] = "quiz-quizzes",
                ["AWS__Resources__SubmissionsTableName"] = "quiz-accepted-submissions",
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

    /// <summary>Otherwise the function could not be told, elsewhere than in the emulators, where its queue is.</summary>
    [Fact]
    public void Every_event_source_is_an_output_of_the_resources()
    {
        var sources = Plan.Functions.SelectMany(function => function.EventSources).ToArray();

        Assert.True(sources.Length >= 3, "the scoring and both statistics functions have one");
        Assert.Equal("SqsQueueUrl", ProvisionedAws.OutputOf(Plan, Plan.Function("quiz-processor").EventSources[0]));
        Assert.All(sources, source => Assert.EndsWith("QueueUrl", ProvisionedAws.OutputOf(Plan, source), StringComparison.Ordinal));
        Assert.Throws<LaunchException>(() => ProvisionedAws.OutputOf(Plan, sources[0] with { QueueName = "other", QueueUrl = "http://127.0.0.1/other" }));
    }

    [Fact]
    public void Functions_that_a_local_run_has_are_functions_of_the_template() =>
        Assert.All(ResourceNames.Functions.Append(ResourceNames.ApiFunction), name => Assert.Equal(name, Plan.Function(name).Name));

    [Fact]
    public void Only_parameters_that_a_template_declares_are_handed_to_it() => Assert.Equal(
        new Dictionary<string, string> { ["MaxReceiveCount"] = "5" },
        QuizStackPlan.ParametersOf(
            """{"Parameters":{"MaxReceiveCount":{"Type":"Number"},"Other":{"Type":"String"}},"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}""",
            new Dictionary<string, string> { ["MaxReceiveCount"] = "5", ["MaximumConcurrency"] = "2" }));

    [Fact]
    public void Unknown_function_is_an_error_that_lists_the_known() =>
        Assert.Contains("quiz-processor", Assert.Throws<EmbeddedAwsException>(() => Plan.Function("other")).Message, StringComparison.Ordinal);
}
