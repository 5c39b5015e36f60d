using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace QuizAspire.Core.Aws;

/// <summary>The DynamoDB client as every program here uses it. Region, credentials and endpoint come from the SDK's own variables.</summary>
public static class DynamoClients
{
    // DynamoDB answers in milliseconds or is in trouble. The SDK's own limit of 100 s is longer than a function may run.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(5);

    public static IAmazonDynamoDB Create() => new AmazonDynamoDBClient(new AmazonDynamoDBConfig
    {
        Timeout = AttemptTimeout,
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = 3,
    });
}
