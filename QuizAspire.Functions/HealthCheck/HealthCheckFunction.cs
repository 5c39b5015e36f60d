using Amazon.CloudWatch;
using Amazon.DynamoDBv2;
using Amazon.Lambda.RuntimeSupport;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Health;
using QuizAspire.Functions.Telemetry;
using QuizAspire.ServiceDefaults.Aws;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>The bootstrap of <c>quiz-queue-health-check</c>: looks at every queue and tells the alerts topic when too much waits.</summary>
/// <remarks>Nothing is primed: nobody waits for the answer, and each call of the init phase would only be made twice.</remarks>
internal static class HealthCheckFunction
{
    public const string Name = "quiz-queue-health-check";

    private static readonly AwsPatience Patience = new(TimeSpan.FromSeconds(3), Retries: 2);

    public static async Task RunAsync()
    {
        QueueHealthCheck? check = null;
        FunctionTelemetry? telemetry = null;
        using var bootstrap = LambdaBootstrapBuilder
            .Create((_, context) => telemetry!.InvokeAsync(
                context, (_, log) => check!.RunAsync(context.AwsRequestId, context.RemainingTime, log)))
            .UseBootstrapHandler(async () =>
            {
                (check, telemetry) = await FunctionStart.RunAsync(Name, FaasTrigger.Schedule, _ => Task.FromResult(Initialize()));
                return true;
            })
            .Build();
        await bootstrap.RunAsync();
    }

    private static QueueHealthCheck Initialize()
    {
        var resources = AwsResources.FromEnvironment();
        return Compose(
            new HealthCheckClients(
                AwsClients.Sqs(Patience),
                // An age is worth one attempt: see MessageAges.Limit.
                AwsClients.CloudWatch(new AwsPatience(MessageAges.Limit, Retries: 0)),
                AwsClients.DynamoDb(Patience with { AttemptTimeout = TimeSpan.FromSeconds(2) }),
                AwsClients.Sns(Patience)),
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
