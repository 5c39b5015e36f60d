using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.Core.Health;

/// <summary>What came of looking at a queue: its metrics or the reason why not.</summary>
public sealed record QueueReading(QueueIdentity Queue, QueueMetrics? Metrics, Exception? Failure);

/// <summary>Reads how much waits in a queue.</summary>
public sealed class QueueReader(IAmazonSQS sqs)
{
    private static readonly string[] Attributes =
    [
        QueueAttributeName.ApproximateNumberOfMessages,
        QueueAttributeName.ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName.ApproximateNumberOfMessagesDelayed,
    ];

    /// <summary>Reads all at once. One that cannot be read says why, and hides none of the others.</summary>
    public async Task<IReadOnlyList<QueueReading>> ReadAsync(IEnumerable<QueueIdentity> queues, CancellationToken cancellationToken) =>
        await Task.WhenAll(queues.Select(queue => ReadAsync(queue, cancellationToken)));

    private async Task<QueueReading> ReadAsync(QueueIdentity queue, CancellationToken cancellationToken)
    {
        try
        {
            var response = await sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest(queue.Url, [.. Attributes]), cancellationToken);
            long Count(string attribute) => response.Attributes?.GetValueOrDefault(attribute) is { } value
                ? long.Parse(value, CultureInfo.InvariantCulture)
                : 0;

            return new QueueReading(queue, new QueueMetrics(queue, Count(Attributes[0]), Count(Attributes[1]), Count(Attributes[2])), null);
        }
        catch (Exception exception)
        {
            return new QueueReading(queue, null, exception);
        }
    }
}
