using Amazon.CloudWatch;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>
/// The clients of AWS as every program here uses them. Region, credentials and endpoint come from the SDK's own variables; a bucket is addressed by
/// path where the endpoint's host is an IP address, which is how emulators are reached.
/// </summary>
public static class AwsClients
{
    // More at once would each pay for a handshake while the service is slow already; who waits longer than an attempt may last is told so.
    private const int ConnectionsPerServer = 100;

    static AwsClients() => RuntimePipelineCustomizerRegistry.Instance.Register(new TracedPipeline());

    public static IAmazonSQS Sqs(AwsPatience patience) => new AmazonSQSClient(Configured(new AmazonSQSConfig(), patience));

    public static IAmazonDynamoDB DynamoDb(AwsPatience patience) => new AmazonDynamoDBClient(Configured(new AmazonDynamoDBConfig(), patience));

    /// <param name="patience">Its timeout covers all of what is sent, and nothing of an object that is read.</param>
    public static IAmazonS3 S3(AwsPatience patience) => new AmazonS3Client(Configured(new AmazonS3Config(), patience));

    public static IAmazonSimpleNotificationService Sns(AwsPatience patience) =>
        new AmazonSimpleNotificationServiceClient(Configured(new AmazonSimpleNotificationServiceConfig(), patience));

    public static IAmazonCloudWatch CloudWatch(AwsPatience patience) =>
        new AmazonCloudWatchClient(Configured(new AmazonCloudWatchConfig(), patience));

    internal static T Configured<T>(T config, AwsPatience patience)
        where T : ClientConfig
    {
        // Full jitter and a bucket of retries that empties when a service is down, which Legacy lacks; Adaptive would also slow down what is well.
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = patience.Retries;
        config.Timeout = patience.AttemptTimeout;
        config.MaxConnectionsPerServer = ConnectionsPerServer;
        config.HttpClientFactory = new AwsConnections();
        return config;
    }
}
