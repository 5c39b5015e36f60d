using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.Batches;

/// <summary>Handles a record, or throws: a <see cref="RecordException"/> where the reason is known.</summary>
internal delegate Task HandleRecord(QueueRecord record, ILogger log, CancellationToken deadline);

/// <summary>Records why a message failed that its queue gives nobody again.</summary>
internal delegate Task RecordFailure(QueueRecord record, string reason, CancellationToken deadline);

/// <summary>
/// Batches whose records have nothing to do with each other. One after the other, so that of two messages about one thing the second finds the
/// first's work done; and each gets its share of the time, so that one that hangs takes nothing from the others.
/// </summary>
/// <param name="recordFailure">Null where there is nothing to record: the dead letter tells.</param>
/// <param name="maxReceiveCount">The queue's: what fails on this receive goes to the dead-letter queue.</param>
internal sealed partial class OneByOne(
    HandleRecord handle, RecordFailure? recordFailure, int maxReceiveCount, FunctionMetrics metrics, TimeProvider time)
{
    public async Task<IReadOnlyList<RecordOutcome>> HandleAsync(IReadOnlyList<QueueRecord> records, BatchDeadline deadline, ILogger log)
    {
        var outcomes = new RecordOutcome[records.Count];
        for (var i = 0; i < records.Count; i++)
        {
            using var share = deadline.Share(records.Count - i);
            using var message = new MessageSpan(records[i], sendsOn: true);
            using (message.Enter())
                outcomes[i] = await HandleAsync(records[i], message, log, share.Token, deadline.Record);
        }

        return outcomes;
    }

    private async Task<RecordOutcome> HandleAsync(
        QueueRecord record, MessageSpan message, ILogger log, CancellationToken share, CancellationToken recordDeadline)
    {
        var started = time.GetTimestamp();
        var failure = await TryHandleAsync(record, log, share);
        var outcome = failure is null ? RecordOutcome.Done : await FailAsync(record, failure.Reason, log, recordDeadline);
        metrics.Processed(time.GetElapsedTime(started), record.Queue, failure?.Kind);
        message.End(outcome, failure?.Kind, failure?.Reason);
        return outcome;
    }

    /// <returns>Why it failed; null when it did not.</returns>
    private async Task<Failure?> TryHandleAsync(QueueRecord record, ILogger log, CancellationToken deadline)
    {
        try
        {
            await handle(record, log, deadline);
            return null;
        }
        catch (RecordException exception)
        {
            return new Failure(exception.Kind, exception.Message);
        }
        catch (Exception exception)
        {
            // Its message may hold something of the record; its type and stack do not.
            Unexpected(log, record.MessageId, exception.GetType(), exception.StackTrace);
            return new Failure(exception.GetType().FullName!, $"unexpected {exception.GetType().Name}");
        }
    }

    private async Task<RecordOutcome> FailAsync(QueueRecord record, string reason, ILogger log, CancellationToken deadline)
    {
        if (record.ReceiveCount < maxReceiveCount)
        {
            WillBeRetried(log, record.MessageId, record.ReceiveCount, reason);
            return RecordOutcome.Failed;
        }

        var recorded = recordFailure is null ? "no" : await TryRecordAsync(recordFailure, record, reason, deadline);
        FailedForGood(log, record.MessageId, record.ReceiveCount, reason, recorded);
        return RecordOutcome.FailedForGood;
    }

    private static async Task<string> TryRecordAsync(RecordFailure recordFailure, QueueRecord record, string reason, CancellationToken deadline)
    {
        try
        {
            await recordFailure(record, reason, deadline);
            return "yes";
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            return ServiceFailures.Describe("DynamoDB", exception);
        }
    }

    /// <param name="Kind">One of few.</param>
    private sealed record Failure(string Kind, string Reason);

    [LoggerMessage(40, LogLevel.Error, "record message_id={MessageId} unexpected {Exception}{StackTrace}")]
    private static partial void Unexpected(ILogger log, string messageId, Type exception, string? stackTrace);

    [LoggerMessage(41, LogLevel.Warning, "record message_id={MessageId} receive={Receive} failed, to be delivered again: {Reason}")]
    private static partial void WillBeRetried(ILogger log, string messageId, int receive, string reason);

    [LoggerMessage(42, LogLevel.Error, "record message_id={MessageId} receive={Receive} failed for good: {Reason}; recorded: {Recorded}")]
    private static partial void FailedForGood(ILogger log, string messageId, int receive, string reason, string recorded);
}
