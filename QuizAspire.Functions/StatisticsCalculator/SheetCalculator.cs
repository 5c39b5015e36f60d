using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Core.Telemetry;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.StatisticsCalculator;

/// <summary>
/// The handler of one message: reads the sheet, writes its statistics, notes that they are written, and says so in the second queue, in this order.
/// Whatever ends it in between, the next delivery goes on: what is written twice is the same, and what is sent twice is told once.
/// </summary>
internal sealed partial class SheetCalculator(
    StatisticsJobStore jobs, RawSheets sheets, StatisticsReports reports, IAmazonSQS sqs, string completedQueueUrl, FunctionMetrics metrics)
{
    private const string Dynamo = "DynamoDB";
    private const string S3 = "S3";

    public async Task HandleAsync(QueueRecord record, ILogger log, CancellationToken deadline)
    {
        var job = Read(record);
        Activity.Current?.SetTag(FunctionSpans.StatisticsId, job.StatisticsId);
        var beginning = await RecordException.ExplainAsync("the job could not be begun", Dynamo, () => jobs.BeginAsync(job, deadline));
        switch (beginning)
        {
            case JobBeginning.AnotherJob:
                throw new RecordException("the statistics_id is another sheet's");
            case JobBeginning.ResultWritten:
                AlreadyWritten(log, job.StatisticsId, record.ReceiveCount);
                metrics.JobHandled(JobOutcome.Repeated);
                if (await IsNotifiedAsync(job.StatisticsId, deadline))
                    return;
                break;
            default:
                await CalculateAsync(job, log, deadline);
                break;
        }

        await AnnounceAsync(job.StatisticsId, deadline);
    }

    /// <summary>A failure that a redrive of the message mends, so it never covers statistics that are written.</summary>
    public async Task RecordFailureAsync(QueueRecord record, string reason, CancellationToken deadline)
    {
        if (TryRead(record) is { } job)
        {
            await jobs.FailAsync(job, reason, deadline);
            metrics.JobHandled(JobOutcome.Failed);
        }
    }

    private async Task CalculateAsync(StatisticsJob job, ILogger log, CancellationToken deadline)
    {
        var (outcome, bytes) = await RecordException.ExplainAsync(
            "the score sheet could not be read", S3, () => ReadSheetAsync(job.ObjectKey, deadline));
        var report = StatisticsReport.Of(job.StatisticsId, outcome);
        await RecordException.ExplainAsync("the statistics could not be written", S3, () => reports.PutAsync(report, deadline));

        var result = ResultOf(outcome);
        await RecordException.ExplainAsync(
            "the job could not be finished", Dynamo, () => jobs.FinishAsync(job.StatisticsId, result, deadline));
        var status = result.Failure is null ? JobOutcome.Completed : JobOutcome.Failed;
        metrics.JobHandled(status);
        Calculated(log, job.StatisticsId, bytes, result.Quizzes, result.Scores, result.RejectedLines, status);
    }

    private async Task AnnounceAsync(string statisticsId, CancellationToken deadline)
    {
        var message = new SendMessageRequest(completedQueueUrl, new StatisticsCompletedMessage(statisticsId).ToJson());
        using var span = FunctionSpans.StartSend(completedQueueUrl);
        TraceCarrier.Inject(TraceCarrier.ContextOf(span), message);
        var sent = await RecordException.ExplainAsync(
            "the statistics could not be announced", "SQS", () => sqs.SendMessageAsync(message, deadline), span);
        span?.SetTag("messaging.message.id", sent.MessageId);
    }

    private async Task<(SheetOutcome Outcome, long Bytes)> ReadSheetAsync(string objectKey, CancellationToken deadline)
    {
        await using var sheet = await sheets.OpenAsync(objectKey, deadline);
        var outcome = sheet.Length > SheetLimits.SheetBytes
            ? SheetOutcome.TooLarge
            : await ScoreSheet.ReadAsync(sheet, deadline);
        return (outcome, sheet.Length);
    }

    private async Task<bool> IsNotifiedAsync(string statisticsId, CancellationToken deadline)
    {
        var job = await RecordException.ExplainAsync("the job could not be read", Dynamo, () => jobs.FindAsync(statisticsId, deadline));
        return job?.NotifiedAt is not null;
    }

    private static StatisticsJobResult ResultOf(SheetOutcome outcome) => outcome.Summary is { } summary
        ? new StatisticsJobResult(null, summary.Quizzes.Count, summary.Overall.Count, summary.LinesRejected)
        : new StatisticsJobResult(outcome.Failure, 0, 0, 0);

    /// <exception cref="RecordException"/>
    private static StatisticsJob Read(QueueRecord record)
    {
        try
        {
            return StatisticsRequestMessage.Read(record.Body).ToJob(record.SentAt);
        }
        catch (InvalidStatisticsMessageException exception)
        {
            throw new RecordException(exception.Message);
        }
    }

    private static StatisticsJob? TryRead(QueueRecord record)
    {
        try
        {
            return Read(record);
        }
        catch (RecordException)
        {
            return null;
        }
    }

    [LoggerMessage(
        50, LogLevel.Debug,
        "sheet statistics_id={StatisticsId} bytes={Bytes} quizzes={Quizzes} scores={Scores} rejected_lines={RejectedLines} {Status}")]
    private static partial void Calculated(
        ILogger log, string statisticsId, long bytes, int quizzes, long scores, long rejectedLines, string status);

    [LoggerMessage(51, LogLevel.Debug, "sheet statistics_id={StatisticsId} receive={Receive} has its statistics already")]
    private static partial void AlreadyWritten(ILogger log, string statisticsId, int receive);
}
