using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>The queue of one event source: what is received from it and deleted.</summary>
internal sealed class SqsQueue(IAmazonSQS sqs, SqsEventSourceConfig config) : IDisposable
{
    private const int LongPollSeconds = 20;

    private static readonly List<string> All = ["All"];

    public static SqsQueue Connect(SqsEventSourceConfig config)
    {
        var clientConfig = new AmazonSQSConfig();
        if (config.Profile is { Length: > 0 } profile)
            clientConfig.Profile = new Profile(profile);
        if (config.Region is { Length: > 0 } region)
            clientConfig.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return new SqsQueue(new AmazonSQSClient(clientConfig), config);
    }

    public string Arn { get; private set; } = "";

    public TimeSpan VisibilityTimeout { get; private set; }

    /// <summary>Learns the queue's ARN and visibility timeout.</summary>
    /// <exception cref="AmazonServiceException">It does not exist, or cannot be asked.</exception>
    public async Task DescribeAsync(CancellationToken cancellationToken)
    {
        var response = await sqs.GetQueueAttributesAsync(
            config.QueueUrl, [QueueAttributeName.QueueArn, QueueAttributeName.VisibilityTimeout], cancellationToken);
        Arn = response.Attributes[QueueAttributeName.QueueArn];
        VisibilityTimeout = TimeSpan.FromSeconds(
            config.VisibilityTimeout ?? int.Parse(response.Attributes[QueueAttributeName.VisibilityTimeout], CultureInfo.InvariantCulture));
    }

    public async Task<List<Message>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = config.QueueUrl,
            MaxNumberOfMessages = config.BatchSize,
            WaitTimeSeconds = LongPollSeconds,
            VisibilityTimeout = config.VisibilityTimeout,
            MessageSystemAttributeNames = All,
            MessageAttributeNames = All
        }, cancellationToken);
        return response.Messages ?? [];
    }

    /// <summary>The entries that were not deleted. An expired receipt handle is among them: its message is another delivery's by now.</summary>
    public async Task<List<BatchResultErrorEntry>> DeleteAsync(IEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((message, index) =>
            new DeleteMessageBatchRequestEntry(index.ToString(CultureInfo.InvariantCulture), message.ReceiptHandle));
        var response = await sqs.DeleteMessageBatchAsync(config.QueueUrl, [.. entries], cancellationToken);
        return response.Failed ?? [];
    }

    public void Dispose() => sqs.Dispose();
}
