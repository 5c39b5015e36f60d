using Microsoft.Extensions.Logging;
using QuizAspire.Core.Batches;
using QuizAspire.Core.Results;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>
/// A batch of submissions: judge each in order, write all results that may simply be overwritten in one call, guard the
/// others, record failures.
/// </summary>
/// <param name="maxReceiveCount">The queue's: what fails on this receive goes to the dead-letter queue.</param>
internal sealed partial class SubmissionBatch(
    SubmissionOrigins origins, SubmissionScorer scorer, ResultWriter writer, int maxReceiveCount, FunctionMetrics metrics, TimeProvider time)
{
    private readonly SubmissionCounts _counts = new(metrics);

    public async Task<IReadOnlyList<RecordOutcome>> HandleAsync(IReadOnlyList<QueueRecord> records, BatchDeadline deadline, ILogger log)
    {
        var (begun, started) = (time.GetUtcNow(), time.GetTimestamp());
        // All of them from the beginning, because what is looked up and written is so for several at once.
        var messages = records.Select(record => new MessageSpan(record, sendsOn: false)).ToArray();
        try
        {
            var incoming = await origins.ReadAsync(records, messages, deadline, log);
            var judged = await JudgeAsync(incoming, messages, deadline, log);
            await WriteAsync(incoming, judged, messages, deadline);
            var stored = time.GetUtcNow();

            var outcomes = new RecordOutcome[records.Count];
            for (var i = 0; i < records.Count; i++)
            {
                using (messages[i].Enter())
                    outcomes[i] = await DecideAsync(records[i], judged[i], deadline, log);
                messages[i].End(outcomes[i], judged[i]?.FailureKind, judged[i]?.Result.Reason);
            }

            Measure(time.GetElapsedTime(started), records, judged, outcomes);
            _counts.Add(records, judged, outcomes, begun, stored);
            return outcomes;
        }
        finally
        {
            foreach (var message in messages)
                message.Dispose();
        }
    }

    /// <summary>They were all worked on at the same time, so it is one time for those that went well, and one for each kind of failure.</summary>
    private void Measure(TimeSpan took, IReadOnlyList<QueueRecord> records, Judged?[] judged, RecordOutcome[] outcomes)
    {
        var kinds = outcomes.Index().Where(outcome => outcome.Item != RecordOutcome.Skipped).Select(outcome => judged[outcome.Index]!.FailureKind);
        foreach (var kind in kinds.Distinct())
            metrics.Processed(took, records[0].Queue, kind);
    }

    /// <returns>Null for a record behind one of its group that is to be delivered again.</returns>
    private async Task<Judged?[]> JudgeAsync(IReadOnlyList<Incoming> incoming, MessageSpan[] messages, BatchDeadline deadline, ILogger log)
    {
        var judged = new Judged?[incoming.Count];
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < incoming.Count; i++)
        {
            var record = incoming[i].Record;
            if (blocked.Contains(record.Group))
                continue;

            Judged judgement;
            using (messages[i].Enter())
                judgement = await scorer.JudgeAsync(incoming[i], log, deadline.Work);
            messages[i].Describe(FunctionSpans.SubmissionId, judgement.Result.SubmissionId);
            messages[i].Describe(FunctionSpans.QuizId, judgement.Result.QuizId);
            judged[i] = judgement;
            if (!judgement.IsCompleted && !IsLastReceive(record))
                blocked.Add(record.Group);
        }

        return judged;
    }

    /// <summary>Turns what could not be written into failures.</summary>
    private async Task WriteAsync(IReadOnlyList<Incoming> incoming, Judged?[] judged, MessageSpan[] messages, BatchDeadline deadline)
    {
        var plain = Enumerable.Range(0, judged.Length).Where(i => judged[i] is { IsCompleted: true, Fingerprint: null }).ToList();
        IReadOnlyList<WriteOutcome> outcomes;
        using (new SharedWrite(plain.Select(i => messages[i])))
            outcomes = await writer.OverwriteAsync([.. plain.Select(i => judged[i]!.Result)], deadline.Work);
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
                    : await WriteOwnAsync(own, fingerprint, incoming[i], messages[i], deadline);
            if (judged[i] is not { IsCompleted: true } && !IsLastReceive(record))
                blocked.Add(record.Group);
        }
    }

    private async Task<Judged> WriteOwnAsync(Judged own, string fingerprint, Incoming incoming, MessageSpan message, BatchDeadline deadline)
    {
        using var write = new SharedWrite([message]);
        return After(await writer.PutOwnAsync(own.Result, fingerprint, deadline.Work), incoming, own);
    }

    private Judged After(WriteOutcome outcome, Incoming incoming, Judged judged) => outcome.Status switch
    {
        WriteStatus.Written => judged with { WasThere = outcome.WasThere },
        // The item of this key is another submission's, so the failure is recorded beside it.
        WriteStatus.Conflict => new Judged(scorer.FailedBeside(incoming, outcome.Reason!), outcome.Kind),
        _ => new Judged(judged.Result.ToFailed(outcome.Reason!), outcome.Kind),
    };

    private async Task<RecordOutcome> DecideAsync(QueueRecord record, Judged? judged, BatchDeadline deadline, ILogger log) => judged switch
    {
        null => RecordOutcome.Skipped,
        { IsCompleted: true } => RecordOutcome.Done,
        { Result: var failed } => await FailAsync(record, failed, deadline, log),
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
