using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.AspNetCore.Http.HttpResults;
using QuizAspire.Api.Http;
using QuizAspire.Api.Submissions;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Api.Statistics;

/// <summary>
/// Takes a sheet that is in its bucket in: its job is fixed, then the message is sent, then the job is shown. So no message points at nothing, and
/// a client that got no answer sends the same again and gets the same job, whatever had happened in between.
/// </summary>
internal sealed class StatisticsIntake(
    StatisticsJobStore jobs, SheetBucket sheets, IAmazonSQS sqs, AwsResources resources, ApiMetrics metrics)
{
    /// <returns>202 once SQS has confirmed the message; otherwise the refusal.</returns>
    public async Task<Results<Accepted<StatisticsAccepted>, Refusal>> AnswerAsync(StatisticsRequest request, string? idempotencyKey, HttpContext http)
    {
        var cancellationToken = http.RequestAborted;
        var acceptance = await jobs.AcceptAsync(request, idempotencyKey, cancellationToken);
        var job = acceptance.Job;
        if (job.ObjectKey != request.ObjectKey)
            await sheets.DeleteAsync(request.ObjectKey, cancellationToken);
        if (acceptance.Kind == AcceptanceKind.KeyUsedForAnother)
            return Refusal.Unprocessable(IdempotencyKey.Header, "was used for other statistics");

        await SendAsync(job, cancellationToken);
        await jobs.AddQueuedAsync(job, cancellationToken);
        metrics.JobAccepted(acceptance.Kind == AcceptanceKind.Repeated);
        if (acceptance.Kind == AcceptanceKind.Repeated)
            http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        return TypedResults.Accepted($"/statistics/{job.StatisticsId}", StatisticsAccepted.Queued(job.StatisticsId));
    }

    private async Task SendAsync(StatisticsJob job, CancellationToken cancellationToken)
    {
        var url = resources.StatisticsRequestsQueueUrl;
        var body = job.ToMessage().ToJson();
        using var span = ApiSpans.StartSend(
            QueueUrl.NameOf(url), ApiSpans.StatisticsId, job.StatisticsId, Encoding.UTF8.GetByteCount(body));
        if (span is not null)
            Activity.Current = span;
        var message = new SendMessageRequest(url, body);
        TraceCarrier.Inject(ApiSpans.ContextOf(span), message);
        try
        {
            var sent = await sqs.SendMessageAsync(message, cancellationToken);
            span?.SetTag(ApiSpans.MessageId, sent.MessageId);
        }
        catch (Exception exception)
        {
            span?.Fail(ServiceFailures.KindOf(exception));
            throw;
        }
    }
}
