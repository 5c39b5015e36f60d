using Microsoft.Extensions.Logging;
using QuizAspire.Core.Batches;
using QuizAspire.Core.Results;
using QuizAspire.Functions.Batches;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>
/// A batch of submissions: judge each in order, write all results that may simply be overwritten in one call, guard the
/// others, record failures.
/// </summary>
/// <param name="maxReceiveCount">The queue's: what fails on this receive goes to the dead-letter queue.</param>
internal sealed partial class SubmissionBatch(SubmissionOrigins origins, SubmissionScorer scorer, ResultWriter writer, int maxReceiveCount)
{
    public async Task<IReadOnlyList<RecordOutcome>> HandleAsync(IReadOnlyList<QueueRecord> records, BatchDeadline deadline, ILogger log)
    {
        var incoming = await origins.ReadAsync(records, deadline, log);
        var judged = await JudgeAsync(incoming, deadline, log);
        await WriteAsync(incoming, judged, deadline);

        var outcomes = new RecordOutcome[records.Count];
        for (var i = 0; i < records.Count; i++)
        {
            outcomes[i] = judged[i] switch
            {
                null => RecordOutcome.Skipped,
                { IsCompleted: true } => RecordOutcome.Done,
                { Result: var failed } => await FailAsync(records[i], failed, deadline, log),
            };
        }

        return outcomes;
    }

    /// <returns>Null for a record behind one of its group that is to be delivered again.</returns>
    private async Task<Judged?[]> JudgeAsync(IReadOnlyList<Incoming> incoming, BatchDeadline deadline, ILogger log)
    {
        var judged = new Judged?[incoming.Count];
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < incoming.Count; i++)
        {
            var record = incoming[i].Record;
            if (blocked.Contains(record.Group))
                continue;

            var judgement = await scorer.JudgeAsync(incoming[i], log, deadline.Work);
            judged[i] = judgement;
            if (!judgement.IsCompleted && !IsLastReceive(record))
                blocked.Add(record.Group);
        }

        return judged;
    }

    /// <summary>Turns what could not be written into failures.</summary>
    private async Task WriteAsync(IReadOnlyList<Incoming> incoming, Judged?[] judged, BatchDeadline deadline)
    {
        var plain = Enumerable.Range(0, judged.Length).Where(i => judged[i] is { IsCompleted: true, Fingerprint: null }).ToList();
        var outcomes = await writer.OverwriteAsync([.. plain.Select(i => judged[i]!.Result)], deadline.Work);
        foreach (var (i, outcome) in plain.Zip(outcomes))
            judged[i] = After(outcome, incoming[i], judged[i]!);

        // One after the other, and none behind what is to be delivered again: of two with one id and different content, the
        // first in the queue is the one that counts.
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < judged.Length; i++)
        {
            var record = incoming[i].Record;
            if (judged[i] is { IsCompleted: true, Fingerprint: { } fingerprint } own)
                judged[i] = blocked.Contains(record.Group)
                    ? null
                    : After(await writer.PutOwnAsync(own.Result, fingerprint, deadline.Work), incoming[i], own);
            if (judged[i] is not { IsCompleted: true } && !IsLastReceive(record))
                blocked.Add(record.Group);
        }
    }

    private Judged After(WriteOutcome outcome, Incoming incoming, Judged judged) => outcome.Status switch
    {
        WriteStatus.Written => judged,
        // The item of this key is another submission's, so the failure is recorded beside it.
        WriteStatus.Conflict => new Judged(scorer.FailedBeside(incoming, outcome.Reason!)),
        _ => new Judged(judged.Result.ToFailed(outcome.Reason!)),
    };

    private async Task<RecordOutcome> FailAsync(QueueRecord record, SubmissionResult failed, BatchDeadline deadline, ILogger log)
    {
        if (!IsLastReceive(record))
        {
            WillBeRetried(log, record.MessageId, failed.SubmissionId, record.ReceiveCount, failed.Reason!);
            return RecordOutcome.Failed;
        }

        var written = await writer.PutFailedAsync(failed, deadline.Record);
        FailedForGood(log, record.MessageId, failed.SubmissionId, record.ReceiveCount, failed.Reason!, written.Reason ?? "yes");
        return RecordOutcome.FailedForGood;
    }

    private bool IsLastReceive(QueueRecord record) => record.ReceiveCount >= maxReceiveCount;

    [LoggerMessage(
        20, LogLevel.Warning,
        "record message_id={MessageId} submission_id={SubmissionId} receive={Receive} failed, to be delivered again: {Reason}")]
    private static partial void WillBeRetried(ILogger log, string messageId, string submissionId, int receive, string reason);

    [LoggerMessage(
        21, LogLevel.Error,
        "record message_id={MessageId} submission_id={SubmissionId} receive={Receive} failed for good: {Reason}; recorded: {Recorded}")]
    private static partial void FailedForGood(ILogger log, string messageId, string submissionId, int receive, string reason, string recorded);
}
