using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;

namespace QuizAspire.AppHost.Backends;

/// <summary>AppHost's own clients of the run's AWS, for monitoring and commands. They live as long as the process.</summary>
internal sealed record AwsClients(IAmazonSQS Sqs, IAmazonDynamoDB DynamoDb, IAmazonSimpleNotificationService Sns)
{
    // Above the longest long polling, 20 s.
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    /// <summary>At endpoints, whose services may be in different places.</summary>
    public static AwsClients At(string sqsAndSns, string dynamoDb, string region, AWSCredentials credentials)
    {
        return new(
            new AmazonSQSClient(credentials, For(new AmazonSQSConfig(), sqsAndSns)),
            new AmazonDynamoDBClient(credentials, For(new AmazonDynamoDBConfig(), dynamoDb)),
            new AmazonSimpleNotificationServiceClient(credentials, For(new AmazonSimpleNotificationServiceConfig(), sqsAndSns)));

        T For<T>(T config, string endpoint)
            where T : ClientConfig
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = region;
            return Configured(config);
        }
    }

    /// <summary>Of an account, with the credentials that the SDK finds, or those of a profile.</summary>
    public static AwsClients Of(string? profile, RegionEndpoint region)
    {
        return new(
            new AmazonSQSClient(For(new AmazonSQSConfig())),
            new AmazonDynamoDBClient(For(new AmazonDynamoDBConfig())),
            new AmazonSimpleNotificationServiceClient(For(new AmazonSimpleNotificationServiceConfig())));

        T For<T>(T config)
            where T : ClientConfig
        {
            config.RegionEndpoint = region;
            if (profile is not null)
                config.Profile = new Profile(profile);
            return Configured(config);
        }
    }

    private static T Configured<T>(T config)
        where T : ClientConfig
    {
        config.Timeout = CallLimit;
        config.RetryMode = RequestRetryMode.Standard;
        return config;
    }
}
