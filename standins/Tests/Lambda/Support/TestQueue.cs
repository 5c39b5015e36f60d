using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>A queue of one test, with a dead-letter queue when it is asked for.</summary>
internal sealed class TestQueue(AmazonSQSClient sqs, string url) : IDisposable
{
    public string Url => url;

    public static async Task<TestQueue> CreateAsync(
        Fauxqs fauxqs, int visibilityTimeout = 30, string? name = null, TestQueue? deadLetters = null, int maxReceiveCount = 3)
    {
        var sqs = fauxqs.CreateClient();
        var attributes = new Dictionary<string, string>
        {
            ["FifoQueue"] = "true", ["ContentBasedDeduplication"] = "true",
            ["VisibilityTimeout"] = visibilityTimeout.ToString(CultureInfo.InvariantCulture)
        };
        if (deadLetters is not null)
        {
            var arn = await deadLetters.AttributeAsync("QueueArn");
            attributes["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{maxReceiveCount}}}""";
        }
        var created = await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = name ?? $"{Guid.NewGuid():n}.fifo", Attributes = attributes });
        return new TestQueue(sqs, created.QueueUrl);
    }

    public async Task SendAsync(string group, params IEnumerable<string> bodies)
    {
        foreach (var chunk in bodies.Chunk(10))
            await sqs.SendMessageBatchAsync(
                url, [.. chunk.Select((body, index) => new SendMessageBatchRequestEntry($"{index}", body) { MessageGroupId = group })]);
    }

    /// <summary>Messages that are there, in flight or not.</summary>
    public async Task<int> CountAsync() => await VisibleAsync() + await InFlightAsync();

    public async Task<int> VisibleAsync() => int.Parse(await AttributeAsync("ApproximateNumberOfMessages"), CultureInfo.InvariantCulture);

    public async Task<int> InFlightAsync() => int.Parse(await AttributeAsync("ApproximateNumberOfMessagesNotVisible"), CultureInfo.InvariantCulture);

    public Task UntilEmptyAsync() => Eventually.Is(async () => await CountAsync() == 0, "the queue is empty");

    public async Task<List<Message>> ReceiveAsync() => (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url)
    {
        MaxNumberOfMessages = 10, MessageSystemAttributeNames = ["All"]
    })).Messages ?? [];

    public void Dispose() => sqs.Dispose();

    private async Task<string> AttributeAsync(string name) => (await sqs.GetQueueAttributesAsync(url, [name])).Attributes[name];
}
