using Amazon.CloudWatch;
using Amazon.DynamoDBv2;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Health;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>The bootstrap of <c>quiz-queue-health-check</c>: looks at every queue and tells the alerts topic when too much waits.</summary>
/// <remarks>Nothing is primed: nobody waits for the answer, and each call of the init phase would only be made twice.</remarks>
internal static class HealthCheckFunction
{
    public const string Name = "quiz-queue-health-check";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);
    private const int Retries = 2;

    public static async Task RunAsync()
    {
        QueueHealthCheck? check = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create((_, context) => check!.HandleAsync(context))
            .UseBootstrapHandler(() =>
            {
                check = Initialize();
                return Task.FromResult(true);
            })
            .Build();
        await bootstrap.RunAsync();
    }

    private static QueueHealthCheck Initialize()
    {
        var resources = AwsResources.FromEnvironment();
        return Compose(
            new HealthCheckClients(
                new AmazonSQSClient(new AmazonSQSConfig { Timeout = AttemptTimeout, MaxErrorRetry = Retries, RetryMode = RequestRetryMode.Standard }),
                // An age is worth one attempt: see MessageAges.Limit.
                new AmazonCloudWatchClient(new AmazonCloudWatchConfig { Timeout = MessageAges.Limit, MaxErrorRetry = 0 }),
                DynamoClients.Create(TimeSpan.FromSeconds(2), Retries),
                new AmazonSimpleNotificationServiceClient(new AmazonSimpleNotificationServiceConfig
                {
                    Timeout = AttemptTimeout, MaxErrorRetry = Retries, RetryMode = RequestRetryMode.Standard,
                })),
            Watched(resources),
            new HealthThresholds(FunctionSettings.DeadLetterThreshold, FunctionSettings.QueueThreshold),
            resources.SnsTopicArn,
            resources.HealthStateTableName,
            TimeProvider.System);
    }

    internal static QueueHealthCheck Compose(
        HealthCheckClients clients, IReadOnlyList<QueueIdentity> queues, HealthThresholds thresholds, string topicArn, string stateTable,
        TimeProvider time) =>
        new(
            queues,
            thresholds,
            new QueueSurvey(new QueueReader(clients.Sqs), new MessageAges(clients.CloudWatch, time)),
            new AlertTeller(new HealthMemory(new HealthStateStore(clients.DynamoDb, stateTable, Name), time), clients.Sns, topicArn),
            time);

    private static QueueIdentity[] Watched(AwsResources resources) =>
    [
        new(resources.SqsQueueUrl, QueueKind.Main),
        new(resources.DlqUrl, QueueKind.MainDeadLetters),
        new(resources.StatisticsRequestsQueueUrl, QueueKind.Work),
        new(resources.StatisticsRequestsDlqUrl, QueueKind.DeadLetters),
        new(resources.StatisticsCompletedQueueUrl, QueueKind.Work),
        new(resources.StatisticsCompletedDlqUrl, QueueKind.DeadLetters),
    ];
}

internal sealed record HealthCheckClients(
    IAmazonSQS Sqs, IAmazonCloudWatch CloudWatch, IAmazonDynamoDB DynamoDb, IAmazonSimpleNotificationService Sns);
