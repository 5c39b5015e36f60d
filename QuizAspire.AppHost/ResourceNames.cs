namespace QuizAspire.AppHost;

/// <summary>What the resources are called in the dashboard, in `WaitFor` and in tests.</summary>
public static class ResourceNames
{
    public const string SqsSnsS3 = "sqs-sns-s3";
    public const string DynamoDb = "dynamodb";
    public const string LocalStack = "localstack";
    public const string Stack = "stack";
    public const string Api = "api";
    public const string Inbox = "inbox";
    public const string QuizProcessor = "quiz-processor";
    public const string HealthCheck = "quiz-queue-health-check";
    public const string StatisticsCalculator = "statistics-calculator";
    public const string ResultNotifier = "result-notifier";

    /// <summary>The functions of the stack that a local run has, under the Lambda emulator.</summary>
    public static readonly IReadOnlyList<string> Functions = [QuizProcessor, StatisticsCalculator, ResultNotifier, HealthCheck];

    /// <summary>The function of the stack that is the process <see cref="Api"/> in a local run.</summary>
    public const string ApiFunction = "quiz-api";
}
