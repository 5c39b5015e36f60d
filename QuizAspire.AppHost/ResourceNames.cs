namespace QuizAspire.AppHost;

/// <summary>What the resources are called in the dashboard, in `WaitFor` and in tests.</summary>
public static class ResourceNames
{
    public const string SqsSnsS3 = "sqs-sns-s3";
    public const string DynamoDb = "dynamodb";
    public const string Stack = "stack";
    public const string Api = "api";
    public const string QuizProcessor = "quiz-processor";
}
