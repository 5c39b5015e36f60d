using System.Globalization;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Health;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Health;

/// <summary>Six queues, an alerts topic with an inbox, and a state table in the emulators, for one test alone.</summary>
internal sealed class HealthWorld : IDisposable
{
    private static int s_worlds;

    private readonly AmazonSimpleNotificationServiceClient _sns;
    private int _sent;

    private HealthWorld(IAmazonSQS sqs, AmazonSimpleNotificationServiceClient sns, string stateTable) =>
        (Sqs, _sns, StateTable) = (sqs, sns, stateTable);

    public IAmazonSQS Sqs { get; }

    public IAmazonSimpleNotificationService Sns => _sns;

    public string StateTable { get; }

    /// <summary>In the order in which the function looks at them.</summary>
    public IReadOnlyList<QueueIdentity> Queues { get; private set; } = [];

    public string TopicArn { get; private set; } = "";

    public QueueIdentity Main => Queues[0];

    public QueueIdentity DeadLetters => Queues[1];

    public QueueIdentity Requests => Queues[2];

    public QueueIdentity RequestsDeadLetters => Queues[3];

    private string InboxUrl { get; set; } = "";

    public static async Task<HealthWorld> CreateAsync(LocalSqs emulator, LocalDynamo dynamo)
    {
        var sns = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSimpleNotificationServiceConfig { ServiceURL = emulator.Endpoint, AuthenticationRegion = "us-west-1", MaxErrorRetry = 0 });
        var world = new HealthWorld(emulator.CreateClient(), sns, await dynamo.CreateHealthStateTableAsync());
        var id = Interlocked.Increment(ref s_worlds).ToString(CultureInfo.InvariantCulture);
        world.Queues =
        [
            new(await world.CreateQueueAsync($"submissions-{id}.fifo"), QueueKind.Main),
            new(await world.CreateQueueAsync($"submissions-{id}-dlq.fifo"), QueueKind.MainDeadLetters),
            new(await world.CreateQueueAsync($"requests-{id}"), QueueKind.Work),
            new(await world.CreateQueueAsync($"requests-{id}-dlq"), QueueKind.DeadLetters),
            new(await world.CreateQueueAsync($"completed-{id}"), QueueKind.Work),
            new(await world.CreateQueueAsync($"completed-{id}-dlq"), QueueKind.DeadLetters),
        ];
        world.TopicArn = (await sns.CreateTopicAsync($"alerts-{id}")).TopicArn;
        world.InboxUrl = await world.CreateQueueAsync($"inbox-{id}");
        var inbox = await world.Sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(world.InboxUrl, [QueueAttributeName.QueueArn]));
        await sns.SubscribeAsync(world.TopicArn, "sqs", inbox.Attributes["QueueArn"]);
        return world;
    }

    public async Task SendAsync(QueueIdentity queue, int messages = 1, int delaySeconds = 0)
    {
        for (var message = 0; message < messages; message++)
        {
            var request = new SendMessageRequest(queue.Url, $"message {_sent++}");
            if (queue.Name.EndsWith(".fifo", StringComparison.Ordinal))
                (request.MessageGroupId, request.MessageDeduplicationId) = ($"group-{_sent}", $"id-{_sent}");
            else if (delaySeconds > 0)
                request.DelaySeconds = delaySeconds;
            await Sqs.SendMessageAsync(request);
        }
    }

    /// <summary>Takes messages, which stay in flight.</summary>
    public async Task ReceiveAsync(QueueIdentity queue, int messages)
    {
        var received = await Sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(queue.Url) { MaxNumberOfMessages = messages, VisibilityTimeout = 600 });
        Assert.Equal(messages, received.Messages.Count);
    }

    public async Task EmptyAsync(QueueIdentity queue) => await Sqs.PurgeQueueAsync(new PurgeQueueRequest { QueueUrl = queue.Url });

    public Task DeleteAsync(QueueIdentity queue) => Sqs.DeleteQueueAsync(new DeleteQueueRequest(queue.Url));

    public async Task CreateAgainAsync(QueueIdentity queue) => await CreateQueueAsync(queue.Name);

    /// <summary>What was told since it was asked last, in order.</summary>
    public async Task<IReadOnlyList<Alert>> InboxAsync()
    {
        var alerts = new List<Alert>();
        while ((await Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(InboxUrl) { MaxNumberOfMessages = 1 })).Messages is [var message])
        {
            await Sqs.DeleteMessageAsync(InboxUrl, message.ReceiptHandle);
            var envelope = Json.Of(message.Body);
            alerts.Add(new Alert(envelope.GetProperty("Subject").GetString()!, envelope.GetProperty("Message").GetString()!));
        }

        return alerts;
    }

    public void Dispose()
    {
        Sqs.Dispose();
        _sns.Dispose();
    }

    private async Task<string> CreateQueueAsync(string name)
    {
        var request = new CreateQueueRequest(name);
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            request.Attributes = new() { ["FifoQueue"] = "true" };
        return (await Sqs.CreateQueueAsync(request)).QueueUrl;
    }
}

[CollectionDefinition(Name)]
public sealed class UsesSqsAndDynamo : ICollectionFixture<LocalSqs>, ICollectionFixture<LocalDynamo>
{
    public const string Name = "SQS, SNS and DynamoDB";
}
