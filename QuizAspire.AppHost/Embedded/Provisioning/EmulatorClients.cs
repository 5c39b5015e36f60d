using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>The SDK's clients against the emulators; the emulators check no signature, so the credentials are anything.</summary>
internal sealed class EmulatorClients(EmulatorAddresses addresses) : IDisposable
{
    private static readonly AWSCredentials Credentials = new BasicAWSCredentials("embedded", "embedded");

    public IAmazonSQS Sqs { get; } = new AmazonSQSClient(Credentials, Configured(new AmazonSQSConfig(), addresses.SqsSnsS3));

    public IAmazonSimpleNotificationService Sns { get; } = new AmazonSimpleNotificationServiceClient(
        Credentials, Configured(new AmazonSimpleNotificationServiceConfig(), addresses.SqsSnsS3));

    public IAmazonS3 S3 { get; } = new AmazonS3Client(Credentials, Configured(new AmazonS3Config { ForcePathStyle = true }, addresses.SqsSnsS3));

    public IAmazonDynamoDB DynamoDb { get; } = new AmazonDynamoDBClient(Credentials, Configured(new AmazonDynamoDBConfig(), addresses.DynamoDb));

    public void Dispose()
    {
        Sqs.Dispose();
        Sns.Dispose();
        S3.Dispose();
        DynamoDb.Dispose();
    }

    private static T Configured<T>(T config, string endpoint)
        where T : ClientConfig
    {
        config.ServiceURL = endpoint;
        config.AuthenticationRegion = PseudoParameters.Region;
        // The provisioner has a deadline of its own and repeats what fails.
        config.MaxErrorRetry = 0;
        config.Timeout = TimeSpan.FromSeconds(10);
        return config;
    }
}
