using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.DeadLetters;

/// <summary>
/// A message move task where the queue's service has none: moves every dead letter that was there when it started, and none twice, in the
/// order of its group. It stops between two messages, when cancelled or when its process ends.
/// </summary>
internal sealed class LocalMoveTask(DeadLetterQueue queue, IAmazonSQS sqs, Redriver redriver, TimeProvider time, int? maxPerSecond)
{
    // Others may have received messages too, and give them back or die with them. Longer than any visibility timeout that we set ourselves.
    private static readonly TimeSpan Patience = Redriver.Visibility * 2;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Pace _pace = new(time, maxPerSecond);
    private readonly int _batch = Math.Min(Redriver.MaxBatch, maxPerSecond ?? Redriver.MaxBatch);

    // What was sent by this task, by its new id: such a message has failed once more and is back. Moving it again would never end.
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);
    // Sent, but not known to be deleted.
    private readonly HashSet<string> _toDelete = new(StringComparer.Ordinal);
    // Kept received until the end, so that the next receive brings others; the handle by which each is given back.
    private readonly Dictionary<string, string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blockedGroups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);

    private MoveTask _state = new(queue.Name, MoveTaskStatus.Running, 0, null, time.GetUtcNow(), maxPerSecond, null);

    public MoveTask State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    public void MarkCancelling() =>
        Update(state => state.Status == MoveTaskStatus.Running ? state with { Status = MoveTaskStatus.Cancelling } : state);

    /// <summary>Runs to its end; throws nothing.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        string? reason = null;
        try
        {
            var depth = await QueueDepth.ReadAsync(sqs, queue.Url, stop);
            Update(state => state with { ToMove = depth.Total });
            reason = await MoveAllAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            reason = SqsFailures.IsFailure(exception) ? SqsFailures.Describe(exception) : $"unexpected {exception.GetType().Name}";
        }

        await redriver.GiveBackAsync(queue.Url, _held.Values);
        if (reason is null && _refused.Count > 0)
            reason = $"{_refused.Count} refused, which stay with those behind them in their groups: {_refused.Values.First()}";
        // An ended task is remembered for its state alone.
        _held.Clear();
        _held.TrimExcess();
        _sent.Clear();
        _sent.TrimExcess();
        Update(state => state with
        {
            Status = reason is not null ? MoveTaskStatus.Failed : stop.IsCancellationRequested ? MoveTaskStatus.Cancelled : MoveTaskStatus.Completed,
            FailureReason = reason,
        });
    }

    /// <returns>Why it ended before its work was done, or null.</returns>
    private async Task<string?> MoveAllAsync(CancellationToken stop)
    {
        var lastProgress = time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var receivedAt = time.GetTimestamp();
            var received = await redriver.ReceiveAsync(queue.Url, _batch, Redriver.Visibility, TimeSpan.Zero, stop);
            if (received.Count > 0)
            {
                var (isProgress, failure) = await HandleAsync(received, receivedAt, stop);
                if (failure is not null)
                    return failure;
                if (isProgress)
                    lastProgress = time.GetTimestamp();
            }
            else
            {
                var depth = await QueueDepth.ReadAsync(sqs, queue.Url, stop);
                // What is still visible is behind those that are held here, in their groups.
                if (depth.InFlight + depth.Delayed <= _held.Count && (depth.Visible == 0 || _held.Count > 0))
                    return null;
                await Task.Delay(Idle, time, stop);
            }

            if (time.GetElapsedTime(lastProgress) > Patience)
                return _toDelete.Count > 0
                    ? $"{_toDelete.Count} were sent and cannot be deleted: redriven again, each still leaves one result"
                    : $"nothing could be moved for {Patience.TotalSeconds:0} s: others have received the rest and do not give it back";
        }
        return null;
    }

    private async Task<(bool IsProgress, string? Failure)> HandleAsync(IReadOnlyList<Message> received, long receivedAt, CancellationToken stop)
    {
        var alreadySent = received.Where(message => _toDelete.Contains(message.MessageId)).ToList();
        var deleted = await redriver.DeleteAsync(queue.Url, alreadySent);
        foreach (var (message, isDeleted) in alreadySent.Zip(deleted))
            Settle(message, isDeleted ? MoveOutcome.Moved : MoveOutcome.SentOnly);

        var unsent = received.Except(alreadySent).ToList();
        foreach (var message in unsent)
            _held[message.MessageId] = message.ReceiptHandle;
        var movable = unsent.Where(IsMovable).ToList();
        foreach (var wave in Waves.Of(movable, _batch))
        {
            // A wave before may have blocked the group of one of these.
            if (await MoveAsync([.. wave.Where(IsMovable)], receivedAt, stop) is { } failure)
                return (true, failure);
        }
        return (movable.Count > 0 || deleted.Contains(true), null);
    }

    /// <returns>Why nothing more can be moved, or null.</returns>
    private async Task<string?> MoveAsync(List<Message> wave, long receivedAt, CancellationToken stop)
    {
        if (wave.Count == 0)
            return null;
        await Task.Delay(_pace.Take(wave.Count), time, stop);
        stop.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(receivedAt) > Redriver.Freshness)
        {
            // Too old to be sure of; they are received again.
            await redriver.GiveBackAsync(queue.Url, wave.Select(message => message.ReceiptHandle));
            wave.ForEach(message => _held.Remove(message.MessageId));
            return null;
        }

        string? unconfirmed = null;
        foreach (var (message, outcome) in wave.Zip(await redriver.MoveAsync(queue, wave)))
        {
            if (outcome.NewMessageId is { } id)
                _sent.Add(id);
            if (outcome.Outcome == MoveOutcome.Refused)
                _refused[message.MessageId] = outcome.Reason!;
            if (outcome.Outcome == MoveOutcome.Refused && message.Group() is { } group)
                _blockedGroups.Add(group);
            if (outcome.Outcome == MoveOutcome.NotConfirmed)
                unconfirmed = outcome.Reason;
            Settle(message, outcome.Outcome);
        }
        return unconfirmed;
    }

    private bool IsMovable(Message message) =>
        !_sent.Contains(message.MessageId) && !_refused.ContainsKey(message.MessageId)
        && !(message.Group() is { } group && _blockedGroups.Contains(group));

    private void Settle(Message message, MoveOutcome outcome)
    {
        if (outcome == MoveOutcome.SentOnly)
            _toDelete.Add(message.MessageId);
        if (outcome is MoveOutcome.Moved or MoveOutcome.SentOnly)
            _held.Remove(message.MessageId);
        if (outcome == MoveOutcome.Moved)
        {
            _toDelete.Remove(message.MessageId);
            Update(state => state with { Moved = state.Moved + 1 });
        }
    }

    private void Update(Func<MoveTask, MoveTask> change)
    {
        lock (_lock)
            _state = change(_state);
    }
}
