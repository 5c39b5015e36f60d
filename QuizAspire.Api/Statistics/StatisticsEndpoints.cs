using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Storage;

namespace QuizAspire.Api.Statistics;

internal static class StatisticsEndpoints
{
    private const string KeyDescription =
        "1 to 255 visible ASCII characters. For 24 hours the same key means the same statistics; without one, the same sheet does for 5 minutes.";

    private const string Promise =
        "Accepted (202) once the queue has confirmed it; Location is where the statistics will be. " +
        "Until then nothing is promised, and the same request may be sent again.";

    public static IEndpointRouteBuilder MapStatistics(this IEndpointRouteBuilder routes)
    {
        var statistics = routes.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapPost("", PostAsync).WithName("PostStatistics").Refuses(400, 413, 415, 422, 503)
            .WithMetadata(new DisableRequestSizeLimitAttribute()) // SheetBody has its own
            .WithSummary("Ask for the statistics of a score sheet")
            .WithDescription($"Lines in JSON, up to 1 MiB, or text/csv in UTF-8, up to 1 GiB. {Promise}");
        statistics.MapGet("", ListAsync).WithName("ListStatistics").Refuses(400, 503)
            .WithSummary("List requests for statistics").WithDescription("Newest first, without the numbers.");
        statistics.MapGet("/{statistics_id}", GetAsync).WithName("GetStatistics").Refuses(400, 404, 503)
            .WithSummary("Read statistics").WithDescription("With Retry-After while they are queued or running.");
        statistics.MapUploads();
        routes.MapPost("/quizzes/{quiz_id}/statistics", PostQuizAsync).WithName("PostQuizStatistics").WithTags("Statistics")
            .Refuses(400, 404, 413, 422, 503)
            .WithSummary("Ask for the statistics of a quiz's results")
            .WithDescription($"Of all completed results of all its versions; those of the last second may be missing. {Promise}");
        return routes;
    }

    private static async Task<Results<Accepted<StatisticsAccepted>, Refusal>> PostAsync(
        SheetBody body,
        [FromHeader(Name = IdempotencyKey.Header), Description(KeyDescription)] string? idempotencyKey,
        SheetBucket sheets, StatisticsIntake intake, HttpContext http, CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Refuse(idempotencyKey) is { } malformedKey)
            return malformedKey;
        if (body.Refusal is { } refusal)
            return refusal;
        using var place = sheets.TryEnter();
        if (place is null)
            return SheetBucket.Full();
        await using var upload = sheets.Begin(cancellationToken);
        if (await body.CopyToAsync(upload, cancellationToken) is { } broken)
            return broken;
        var sheet = await upload.CompleteAsync();
        return await intake.AnswerAsync(new StatisticsRequest(sheet.Key, body.Source, null, sheet.Fingerprint), idempotencyKey, http);
    }

    private static async Task<Results<Accepted<StatisticsAccepted>, Refusal>> PostQuizAsync(
        [FromRoute(Name = "quiz_id")] string quizId,
        [FromHeader(Name = IdempotencyKey.Header), Description(KeyDescription)] string? idempotencyKey,
        SheetBucket sheets, QuizExport export, StatisticsIntake intake, HttpContext http, CancellationToken cancellationToken)
    {
        if ((Ids.Refuse("quiz_id", quizId) ?? IdempotencyKey.Refuse(idempotencyKey)) is { } malformed)
            return malformed;
        using var place = sheets.TryEnter();
        if (place is null)
            return SheetBucket.Full();
        await using var upload = sheets.Begin(cancellationToken);
        if (await export.WriteAsync(quizId, upload, cancellationToken) is { } refusal)
            return refusal;
        var sheet = await upload.CompleteAsync();

        // A key means this request, whatever results the quiz has got since.
        var fingerprint = idempotencyKey is null ? sheet.Fingerprint : "";
        return await intake.AnswerAsync(new StatisticsRequest(sheet.Key, StatisticsSource.Quiz, quizId, fingerprint), idempotencyKey, http);
    }

    private static async Task<Results<Ok<StatisticsView>, Refusal>> GetAsync(
        [FromRoute(Name = "statistics_id")] string statisticsId,
        StatisticsJobStore jobs, StatisticsReports reports, HttpContext http, CancellationToken cancellationToken)
    {
        if (!StatisticsId.IsValid(statisticsId))
            return Refusal.Malformed("statistics_id", "must be a UUID in lower case");
        if (await jobs.FindAsync(statisticsId, cancellationToken) is not { } job)
            return Refusal.NotFound("statistics_id", $"{statisticsId} does not exist");
        if (job.Status is StatisticsJobStatus.Queued or StatisticsJobStatus.Running)
            http.Response.Headers.RetryAfter = "1";
        var report = job.Result is null ? null : await reports.FindAsync(statisticsId, cancellationToken);
        return TypedResults.Ok(StatisticsView.Of(job, report));
    }

    private static async Task<Results<Ok<StatisticsPage>, Refusal>> ListAsync(
        [FromQuery, Description(PageQuery.LimitDescription)] string? limit,
        [FromQuery(Name = "page_token"), Description(PageQuery.TokenDescription)] string? pageToken,
        StatisticsJobStore jobs, CancellationToken cancellationToken)
    {
        var (page, refusal) = await PageQuery.ReadAsync(limit, pageToken, count => jobs.QueryAsync(count, pageToken, cancellationToken));
        if (page is null)
            return refusal!;
        var next = PageQuery.NextLink("/statistics", limit, page.NextPageToken);
        return TypedResults.Ok(new StatisticsPage([.. page.Items.Select(StatisticsJobView.Of)], page.NextPageToken, next));
    }
}
