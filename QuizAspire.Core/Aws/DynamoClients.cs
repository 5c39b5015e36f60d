using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace QuizAspire.Core.Aws;

/// <summary>The DynamoDB client as every program here uses it. Region, credentials and endpoint come from the SDK's own variables.</summary>
public static class DynamoClients
{
    /// <param name="attemptTimeout">DynamoDB answers in milliseconds or is in trouble; the SDK's own limit of 100 s helps nobody.</param>
    /// <param name="retries">Attempts after the first.</param>
    public static IAmazonDynamoDB Create(TimeSpan attemptTimeout, int retries) => new AmazonDynamoDBClient(new AmazonDynamoDBConfig
    {
        Timeout = attemptTimeout,
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = retries,
    });
}
