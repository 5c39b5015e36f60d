using System.Diagnostics;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.ResultNotifier;

/// <summary>
/// The handler of one message: publishes the statistics, then notes it. A job is told at least once, and again only when this ends, or the
/// table fails, between the two.
/// </summary>
internal sealed partial class StatisticsNotifier(
    StatisticsJobStore jobs, StatisticsReports reports, IAmazonSimpleNotificationService sns, string topicArn, string apiUrl, FunctionMetrics metrics)
{
    public async Task HandleAsync(QueueRecord record, ILogger log, CancellationToken deadline)
    {
        var id = Read(record).StatisticsId;
        Activity.Current?.SetTag(FunctionSpans.StatisticsId, id);
        var job = await RecordException.ExplainAsync("the job could not be read", "DynamoDB", () => jobs.FindAsync(id, deadline));
        if (job?.NotifiedAt is not null)
        {
            AlreadyTold(log, id, record.ReceiveCount);
            metrics.JobHandled(JobOutcome.Repeated);
            return;
        }

        var report = await RecordException.ExplainAsync("the statistics could not be read", "S3", () => reports.FindAsync(id, deadline))
            ?? throw new RecordException("the statistics are not there");
        var notification = StatisticsNotification.Of(report, job, $"{apiUrl}/statistics/{id}");
        await PublishAsync(new PublishRequest(topicArn, notification.Message, notification.Subject), deadline);
        metrics.JobHandled(JobOutcome.Told);
        await MarkAsync(id, log, deadline);
    }

    private async Task PublishAsync(PublishRequest request, CancellationToken deadline)
    {
        using var span = FunctionSpans.StartPublish(topicArn);
        request.Carry(span);
        var published = await RecordException.ExplainAsync(
            "the statistics could not be published", "SNS", () => sns.PublishAsync(request, deadline), span);
        span?.SetTag("messaging.message.id", published.MessageId);
    }

    // A message that is given back because of this would be told again for certain; one that is not, only if it is delivered twice.
    private async Task MarkAsync(string id, ILogger log, CancellationToken deadline)
    {
        try
        {
            await jobs.MarkNotifiedAsync(id, deadline);
            Told(log, id);
        }
        catch (Exception exception) when (ServiceFailures.IsFailure(exception))
        {
            ToldAndNotMarked(log, id, ServiceFailures.Describe("DynamoDB", exception));
        }
    }

    /// <exception cref="RecordException"/>
    private static StatisticsCompletedMessage Read(QueueRecord record)
    {
        try
        {
            return StatisticsCompletedMessage.Read(record.Body);
        }
        catch (InvalidStatisticsMessageException exception)
        {
            throw new RecordException(exception.Message);
        }
    }

    [LoggerMessage(60, LogLevel.Debug, "statistics statistics_id={StatisticsId} told")]
    private static partial void Told(ILogger log, string statisticsId);

    [LoggerMessage(61, LogLevel.Debug, "statistics statistics_id={StatisticsId} receive={Receive} were told before")]
    private static partial void AlreadyTold(ILogger log, string statisticsId, int receive);

    [LoggerMessage(
        62, LogLevel.Warning, "statistics statistics_id={StatisticsId} told, which could not be noted, so they may be told again: {Reason}")]
    private static partial void ToldAndNotMarked(ILogger log, string statisticsId, string reason);
}
