using System.Diagnostics;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Batches;
using QuizAspire.Functions.Telemetry;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace QuizAspire.Functions.Batches;

/// <summary>Handles the records of a batch, in their order. Gives an outcome for each and throws for none.</summary>
internal delegate Task<IReadOnlyList<RecordOutcome>> HandleRecords(IReadOnlyList<QueueRecord> records, BatchDeadline deadline, ILogger log);

/// <summary>The envelope of every function with an SQS event source: event in, deadline, outcomes, partial batch response out.</summary>
internal sealed partial class QueueBatch(HandleRecords handle, FunctionTelemetry telemetry, TimeProvider time)
{
    /// <summary>As many as a FIFO queue gives at a time. Where there were so many, there are more.</summary>
    private const int FullBatch = 10;

    /// <exception cref="InvalidEventException"/>
    public Task<SQSBatchResponse> HandleAsync(SQSEvent? sqsEvent, ILambdaContext context) =>
        telemetry.InvokeAsync(context, (span, log) => HandleAsync(sqsEvent, context.RemainingTime, span, log));

    private async Task<SQSBatchResponse> HandleAsync(SQSEvent? sqsEvent, TimeSpan remaining, Activity? span, ILogger log)
    {
        var started = time.GetTimestamp();
        var records = Records(sqsEvent);
        if (records.Count > 0)
            Describe(records, span);
        using var deadline = new BatchDeadline(remaining, time);

        var outcomes = await handle(records, deadline, log);
        var results = records.Zip(outcomes, (record, outcome) => new RecordResult(record.MessageId, record.Group, outcome));
        var failures = BatchOutcome.Failures([.. results]);

        span?.SetTag("quizaspire.batch.failures", failures.Count);
        BatchHandled(log, records.Count, failures.Count, (long)time.GetElapsedTime(started).TotalMilliseconds);
        return new SQSBatchResponse([.. failures.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id })]);
    }

    private static List<QueueRecord> Records(SQSEvent? sqsEvent) => sqsEvent?.Records is { } messages
        ? [.. messages.Select(QueueRecord.From)]
        : throw new InvalidEventException("it has no Records");

    private void Describe(List<QueueRecord> records, Activity? span)
    {
        // An event source has one queue.
        telemetry.Metrics.BatchReceived(records.Count, records[0].Queue);
        if (records.Count >= FullBatch)
            telemetry.ExpectMore();
        if (span is not { IsAllDataRequested: true })
            return;

        FunctionSpans.SetDestination(span, "aws_sqs", records[0].Queue, "process", "process");
        span.SetTag("messaging.batch.message_count", records.Count);
        foreach (var record in records)
        {
            if (record.Sender is { } sender)
                span.AddLink(new ActivityLink(sender));
        }
    }

    [LoggerMessage(1, LogLevel.Information, "batch records={Records} failures={Failures} elapsed_ms={ElapsedMs}")]
    private static partial void BatchHandled(ILogger log, int records, int failures, long elapsedMs);
}
