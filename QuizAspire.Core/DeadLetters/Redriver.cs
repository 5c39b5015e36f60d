using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <summary>
/// Receive, send, delete, in this order: what dies in between leaves the message in one queue or in both, never in neither. A message in
/// both has the same deduplication id when it is sent again, and after that window the same origin, so it leaves one result.
/// </summary>
/// <param name="askedBy">The span of whoever asked for it, where that is over by now.</param>
internal sealed class Redriver(IAmazonSQS sqs, Backoff backoff, ActivityContext askedBy = default)
{
    /// <summary>Most entries of a batch, and most messages of a receive.</summary>
    public const int MaxBatch = 10;

    /// <summary>Most bytes of a message and of a batch: 1 MiB.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How long received messages are ours.</summary>
    public static readonly TimeSpan Visibility = TimeSpan.FromSeconds(60);

    /// <summary>How old a receive may be for a message to be sent: it must still be ours when it is deleted.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private const int Attempts = 4;

    private static readonly List<string> All = ["All"];

    /// <param name="wait">0 to 20 s of long polling.</param>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(
        string queueUrl, int count, TimeSpan visibility, TimeSpan wait, CancellationToken cancellationToken)
    {
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queueUrl)
        {
            MaxNumberOfMessages = count,
            VisibilityTimeout = (int)visibility.TotalSeconds,
            WaitTimeSeconds = (int)wait.TotalSeconds,
            MessageAttributeNames = All,
            MessageSystemAttributeNames = All,
        }, cancellationToken);
        return response.Messages ?? [];
    }

    /// <summary>Sends messages that were received just now, at most ten with each group once, and deletes those that SQS has confirmed.</summary>
    /// <remarks>It is not cancelled: between the two calls is the one place where nobody may stop. The client's timeouts bound it.</remarks>
    /// <returns>An outcome for each, in their order.</returns>
    public async Task<IReadOnlyList<Moved>> MoveAsync(DeadLetterQueue queue, IReadOnlyList<Message> messages)
    {
        using var span = RedriveSpans.StartMove(queue, messages, askedBy);
        var outcomes = new Moved[messages.Count];
        foreach (var chunk in ChunksOf(queue, messages))
            await SendAsync(queue.SourceUrl, chunk, outcomes);

        var sent = Enumerable.Range(0, messages.Count).Where(i => outcomes[i].Outcome == MoveOutcome.SentOnly).ToList();
        var deleted = await DeleteAsync(queue.Url, [.. sent.Select(i => messages[i])]);
        foreach (var (i, isDeleted) in sent.Zip(deleted))
        {
            if (isDeleted)
                outcomes[i] = outcomes[i] with { Outcome = MoveOutcome.Moved };
        }
        RedriveSpans.NoteOutcomes(span, outcomes);
        return outcomes;
    }

    /// <summary>Deletes messages that have been sent already.</summary>
    /// <returns>For each whether SQS has confirmed it.</returns>
    public async Task<IReadOnlyList<bool>> DeleteAsync(string queueUrl, IReadOnlyList<Message> messages)
    {
        var deleted = new bool[messages.Count];
        for (var attempt = 0; attempt < Attempts && deleted.Contains(false); attempt++)
        {
            if (attempt > 0)
                await backoff.PauseAsync(attempt, CancellationToken.None);
            var pending = Enumerable.Range(0, messages.Count).Where(i => !deleted[i]).ToList();
            try
            {
                var response = await sqs.DeleteMessageBatchAsync(
                    queueUrl,
                    [.. pending.Select(i => new DeleteMessageBatchRequestEntry(BatchEntry.Id(i), messages[i].ReceiptHandle))],
                    CancellationToken.None);
                foreach (var success in response.Successful ?? [])
                    deleted[BatchEntry.Index(success.Id)] = true;
            }
            catch (Exception exception) when (SqsFailures.IsFailure(exception))
            {
                if (!SqsFailures.IsWorthRetrying(exception))
                    break;
            }
        }
        return deleted;
    }

    /// <summary>Makes messages visible again, each for whoever receives it next. What is not ours any more is nobody's loss.</summary>
    /// <param name="handles">Of their receives. A message may be of 1 MiB, and many are held, so no more is kept of them.</param>
    public async Task GiveBackAsync(string queueUrl, IEnumerable<string> handles)
    {
        foreach (var chunk in handles.Chunk(MaxBatch))
        {
            try
            {
                await sqs.ChangeMessageVisibilityBatchAsync(
                    queueUrl,
                    [.. chunk.Select((handle, i) =>
                        new ChangeMessageVisibilityBatchRequestEntry(BatchEntry.Id(i), handle) { VisibilityTimeout = 0 })],
                    CancellationToken.None);
            }
            catch (Exception exception) when (SqsFailures.IsFailure(exception))
            {
                // They come back by themselves when their visibility timeout ends. An SQS that does not answer is not asked a hundred times.
                if (!SqsFailures.IsThrottled(exception))
                    return;
            }
        }
    }

    // A batch has the limit of a message, so large messages go alone.
    private static IEnumerable<List<(int Index, SendMessageBatchRequestEntry Entry)>> ChunksOf(DeadLetterQueue queue, IReadOnlyList<Message> messages)
    {
        var chunk = new List<(int, SendMessageBatchRequestEntry)>();
        var bytes = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            var entry = messages[i].ToEntry(BatchEntry.Id(i), queue.IsFifo, MaxBytes);
            if (chunk.Count > 0 && bytes + entry.Size() > MaxBytes)
            {
                yield return chunk;
                (chunk, bytes) = ([], 0);
            }
            chunk.Add((i, entry));
            bytes += entry.Size();
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    private async Task SendAsync(string queueUrl, List<(int Index, SendMessageBatchRequestEntry Entry)> entries, Moved[] outcomes)
    {
        foreach (var (index, _) in entries)
            outcomes[index] = new Moved(MoveOutcome.NotConfirmed, Reason: "SQS did not confirm it");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (attempt > 0)
                await backoff.PauseAsync(attempt, CancellationToken.None);
            var pending = entries.Where(entry => outcomes[entry.Index].Outcome == MoveOutcome.NotConfirmed).ToList();
            if (pending.Count == 0)
                return;
            try
            {
                var response = await sqs.SendMessageBatchAsync(queueUrl, [.. pending.Select(entry => entry.Entry)], CancellationToken.None);
                foreach (var success in response.Successful ?? [])
                    outcomes[BatchEntry.Index(success.Id)] = new Moved(MoveOutcome.SentOnly, success.MessageId);
                foreach (var failure in response.Failed ?? [])
                    outcomes[BatchEntry.Index(failure.Id)] = Of(failure);
            }
            catch (Exception exception) when (SqsFailures.IsFailure(exception))
            {
                foreach (var (index, _) in pending)
                    outcomes[index] = new Moved(MoveOutcome.NotConfirmed, Reason: SqsFailures.Describe(exception));
                if (!SqsFailures.IsWorthRetrying(exception))
                    return;
            }
        }
    }

    private static Moved Of(BatchResultErrorEntry failure) => new(
        failure.SenderFault == true && !SqsFailures.IsThrottling(failure.Code) ? MoveOutcome.Refused : MoveOutcome.NotConfirmed,
        Reason: $"SQS answered {failure.Code}");
}
