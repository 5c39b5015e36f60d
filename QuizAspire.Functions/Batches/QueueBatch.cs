using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Batches;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace QuizAspire.Functions.Batches;

/// <summary>Handles the records of a batch, in their order. Gives an outcome for each and throws for none.</summary>
internal delegate Task<IReadOnlyList<RecordOutcome>> HandleRecords(IReadOnlyList<QueueRecord> records, BatchDeadline deadline, ILogger log);

/// <summary>The envelope of every function with an SQS event source: event in, deadline, outcomes, partial batch response out.</summary>
internal sealed partial class QueueBatch(HandleRecords handle, TimeProvider time)
{
    /// <exception cref="InvalidEventException"/>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent? sqsEvent, ILambdaContext context)
    {
        var started = time.GetTimestamp();
        var records = Records(sqsEvent);
        var log = new LambdaLog(context.Logger);
        using var deadline = new BatchDeadline(context.RemainingTime, time);

        var outcomes = await handle(records, deadline, log);
        var results = records.Zip(outcomes, (record, outcome) => new RecordResult(record.MessageId, record.Group, outcome));
        var failures = BatchOutcome.Failures([.. results]);

        BatchHandled(log, records.Count, failures.Count, (long)time.GetElapsedTime(started).TotalMilliseconds);
        return new SQSBatchResponse([.. failures.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id })]);
    }

    private static List<QueueRecord> Records(SQSEvent? sqsEvent) => sqsEvent?.Records is { } messages
        ? [.. messages.Select(QueueRecord.From)]
        : throw new InvalidEventException("it has no Records");

    [LoggerMessage(1, LogLevel.Information, "batch records={Records} failures={Failures} elapsed_ms={ElapsedMs}")]
    private static partial void BatchHandled(ILogger log, int records, int failures, long elapsedMs);
}
