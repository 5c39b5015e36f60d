using Amazon.SQS;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Health;

/// <summary>What came of looking at a queue: its metrics or the reason why not.</summary>
public sealed record QueueReading(QueueIdentity Queue, QueueMetrics? Metrics, Exception? Failure);

/// <summary>Reads how much waits in a queue.</summary>
public sealed class QueueReader(IAmazonSQS sqs)
{
    /// <summary>Reads all at once. One that cannot be read says why, and hides none of the others.</summary>
    public async Task<IReadOnlyList<QueueReading>> ReadAsync(IEnumerable<QueueIdentity> queues, CancellationToken cancellationToken) =>
        await Task.WhenAll(queues.Select(queue => ReadAsync(queue, cancellationToken)));

    private async Task<QueueReading> ReadAsync(QueueIdentity queue, CancellationToken cancellationToken)
    {
        try
        {
            var depth = await QueueDepth.ReadAsync(sqs, queue.Url, cancellationToken);
            return new QueueReading(queue, new QueueMetrics(queue, depth.Visible, depth.InFlight, depth.Delayed), null);
        }
        catch (Exception exception)
        {
            return new QueueReading(queue, null, exception);
        }
    }
}
