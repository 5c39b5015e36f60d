using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <param name="Moved">In the order in which they were moved.</param>
/// <param name="NotMoved">By message id, why not; nothing of a message's content.</param>
internal sealed record ChosenOutcome(IReadOnlyList<string> Moved, IReadOnlyDictionary<string, string> NotMoved);

/// <summary>
/// Redrives the dead letters of some ids. SQS finds messages by receiving them alone, so others are received on the way and given back, and
/// one behind another of its message group is not found before that one is gone.
/// </summary>
internal sealed class ChosenRedrive(IAmazonSQS sqs, TimeProvider time)
{
    /// <summary>Most ids of one request.</summary>
    public const int MaxIds = 100;

    /// <summary>Most messages that are received to find them.</summary>
    public const int MaxReceived = 1_000;

    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

    private readonly Redriver _redriver = new(sqs, new Backoff(time, Random.Shared));

    /// <param name="deadline">Stops between two messages.</param>
    public async Task<ChosenOutcome> RunAsync(
        DeadLetterQueue queue, IReadOnlyCollection<string> messageIds, int? maxPerSecond, CancellationToken deadline)
    {
        var run = new Run(messageIds, new Pace(time, maxPerSecond), Math.Min(Redriver.MaxBatch, maxPerSecond ?? Redriver.MaxBatch));
        try
        {
            await RunAsync(queue, run, deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            run.Rest = "the request's time is over; ask again";
        }
        catch (Exception exception) when (SqsFailures.IsFailure(exception) && run.Moved.Count > 0)
        {
            run.Rest = SqsFailures.Describe(exception);
        }
        finally
        {
            await _redriver.GiveBackAsync(queue.Url, run.Held.Values);
        }

        foreach (var id in run.Wanted)
            run.NotMoved.TryAdd(id, run.Rest);
        return new ChosenOutcome(run.Moved, run.NotMoved);
    }

    private async Task RunAsync(DeadLetterQueue queue, Run run, CancellationToken deadline)
    {
        for (var received = 0; run.Wanted.Count > 0 && received < MaxReceived;)
        {
            var receivedAt = time.GetTimestamp();
            // Without waiting SQS asks some of its servers only; with the first messages in hand an empty answer is taken for the end.
            var messages = await _redriver.ReceiveAsync(
                queue.Url, Redriver.MaxBatch, Redriver.Visibility, received == 0 ? LongPoll : TimeSpan.Zero, deadline);
            if (messages.Count == 0)
                return;
            received += messages.Count;
            foreach (var message in messages)
                run.Held[message.MessageId] = message.ReceiptHandle;

            foreach (var wave in Waves.Of(messages.Where(message => run.Wanted.Contains(message.MessageId)), run.Batch))
            {
                await Task.Delay(run.Pace.Take(wave.Count), time, deadline);
                deadline.ThrowIfCancellationRequested();
                if (time.GetElapsedTime(receivedAt) > Redriver.Freshness)
                    break;
                var movable = wave.Where(message => !run.IsBehind(message)).ToList();
                foreach (var (message, outcome) in movable.Zip(await _redriver.MoveAsync(queue, movable)))
                    run.Settle(message, outcome);
            }
        }
    }

    private sealed class Run(IEnumerable<string> messageIds, Pace pace, int batch)
    {
        private readonly HashSet<string> _blockedGroups = new(StringComparer.Ordinal);

        public HashSet<string> Wanted { get; } = new(messageIds, StringComparer.Ordinal);

        public Pace Pace { get; } = pace;

        public int Batch { get; } = batch;

        public List<string> Moved { get; } = [];

        public Dictionary<string, string> NotMoved { get; } = new(StringComparer.Ordinal);

        /// <summary>By message id the handle by which it is given back.</summary>
        public Dictionary<string, string> Held { get; } = new(StringComparer.Ordinal);

        /// <summary>Would it overtake one of its group that was to be moved before it and was not?</summary>
        public bool IsBehind(Message message) => message.Group() is { } group && _blockedGroups.Contains(group);

        /// <summary>Why the wanted that were not found were not moved.</summary>
        public string Rest { get; set; } = "is not in the queue, or is received by somebody else, or is behind another message of its group";

        public void Settle(Message message, Moved outcome)
        {
            Wanted.Remove(message.MessageId);
            if (outcome.Outcome == MoveOutcome.Moved)
                Moved.Add(message.MessageId);
            else
                NotMoved[message.MessageId] = outcome.Reason
                    ?? "was sent to its queue, but may still be here: redrive it again, it leaves one result";
            if (outcome.Outcome is MoveOutcome.Moved or MoveOutcome.SentOnly)
                Held.Remove(message.MessageId);
            else if (message.Group() is { } group)
                _blockedGroups.Add(group);
        }
    }
}
