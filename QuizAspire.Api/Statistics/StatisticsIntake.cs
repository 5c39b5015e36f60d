using Amazon.SQS;
using Microsoft.AspNetCore.Http.HttpResults;
using QuizAspire.Api.Http;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Statistics;

/// <summary>
/// Takes a sheet that is in its bucket in: its job is fixed, then the message is sent, then the job is shown. So no message points at nothing, and
/// a client that got no answer sends the same again and gets the same job, whatever had happened in between.
/// </summary>
internal sealed class StatisticsIntake(StatisticsJobStore jobs, SheetBucket sheets, IAmazonSQS sqs, AwsResources resources)
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

        await sqs.SendMessageAsync(resources.StatisticsRequestsQueueUrl, job.ToMessage().ToJson(), cancellationToken);
        await jobs.AddQueuedAsync(job, cancellationToken);
        if (acceptance.Kind == AcceptanceKind.Repeated)
            http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        return TypedResults.Accepted($"/statistics/{job.StatisticsId}", StatisticsAccepted.Queued(job.StatisticsId));
    }
}
