using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <summary>
/// Looks at dead letters and gives them back. SQS has no other way to look than to receive, so a message is in flight for the moment,
/// its receive count rises, and of a FIFO queue only the first messages of each group are seen.
/// </summary>
internal sealed class DeadLetterPeek(IAmazonSQS sqs, TimeProvider time) : IDisposable
{
    /// <summary>Most messages that are shown of a queue.</summary>
    public const int MaxMessages = 100;

    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

    // Should this process die while it looks.
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(15);

    private readonly Redriver _redriver = new(sqs, new Backoff(time, Random.Shared));

    // Two that look at once would hide the messages from each other.
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="limit">1 to <see cref="MaxMessages"/>.</param>
    /// <param name="show">What is kept of a message, which may be of 1 MiB.</param>
    public async Task<(QueueDepth Depth, IReadOnlyList<T> Messages)> ReadAsync<T>(
        DeadLetterQueue queue, int limit, Func<Message, T> show, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var handles = new List<string>();
        var seen = new Dictionary<string, T>(StringComparer.Ordinal);
        try
        {
            var depth = await QueueDepth.ReadAsync(sqs, queue.Url, cancellationToken);
            while (seen.Count < limit && seen.Count < depth.Visible)
            {
                // The first receive waits, so that SQS asks all of its servers; after it an empty answer means that the rest is behind these.
                var received = await _redriver.ReceiveAsync(
                    queue.Url, Math.Min(Redriver.MaxBatch, limit - seen.Count), Visibility, seen.Count == 0 ? LongPoll : TimeSpan.Zero,
                    cancellationToken);
                if (received.Count == 0)
                    break;
                foreach (var message in received)
                {
                    seen[message.MessageId] = show(message);
                    handles.Add(message.ReceiptHandle);
                }
            }
            return (depth, [.. seen.Values]);
        }
        finally
        {
            await _redriver.GiveBackAsync(queue.Url, handles);
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
