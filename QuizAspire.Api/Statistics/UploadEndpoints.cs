using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Statistics;

internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder statistics)
    {
        var uploads = statistics.MapGroup("/uploads");
        uploads.MapPost("", BeginAsync).WithName("BeginUpload").Refuses(400, 413, 415, 422, 503)
            .WithSummary("Begin to upload a large score sheet")
            .WithDescription(
                "Gives a signed address for each part, to which the client PUTs it, in any order and as many at once as it likes. " +
                "This is the way past what a gateway lets through in one request.");
        uploads.MapPost("/{upload_id}/complete", CompleteAsync).WithName("CompleteUpload").Refuses(400, 404, 413, 415, 422, 503)
            .WithSummary("Ask for the statistics of an uploaded score sheet")
            .WithDescription(
                "Accepted (202) once the queue has confirmed it; Location is where the statistics will be. Completing the same upload again gives " +
                "the same statistics. A sheet that has not the stated size is deleted.");
        uploads.MapDelete("/{upload_id}", AbortAsync).WithName("AbortUpload").Refuses(400, 404, 503)
            .WithSummary("Give an upload up").WithDescription("What was uploaded is deleted. One that was completed is no upload any more.");
    }

    private static async Task<Results<Created<UploadView>, Refusal>> BeginAsync(
        JsonBody<UploadRequest> body, SheetUploads uploads, CancellationToken cancellationToken)
    {
        if (body.Value is not { } request)
            return body.Refusal!;
        if (UploadRules.Check(request) is { } refusal)
            return refusal;
        var upload = await uploads.BeginAsync(request.SizeBytes, cancellationToken);
        return TypedResults.Created($"/statistics/uploads/{upload.UploadId}", upload);
    }

    private static async Task<Results<Accepted<StatisticsAccepted>, Refusal>> CompleteAsync(
        [FromRoute(Name = "upload_id")] string uploadId, JsonBody<CompleteUploadRequest> body,
        SheetUploads uploads, StatisticsIntake intake, HttpContext http, CancellationToken cancellationToken)
    {
        if (uploads.Find(uploadId) is not { } upload)
            return SheetUploads.Unknown();
        if (body.Value is not { } request)
            return body.Refusal!;
        if (UploadRules.Check(request, upload.SizeBytes) is { } broken)
            return broken;
        if (await uploads.CompleteAsync(upload, request.Parts, cancellationToken) is { } refusal)
            return refusal;

        // The upload is its own idempotency key; a client's has no space in it.
        var sheet = new StatisticsRequest(upload.Key, StatisticsSource.Upload, null, upload.Key);
        return await intake.AnswerAsync(sheet, $"upload {upload.Key}", http);
    }

    private static async Task<Results<NoContent, Refusal>> AbortAsync(
        [FromRoute(Name = "upload_id")] string uploadId, SheetUploads uploads, CancellationToken cancellationToken) =>
        uploads.Find(uploadId) is { } upload && await uploads.AbortAsync(upload, cancellationToken)
            ? TypedResults.NoContent()
            : SheetUploads.Unknown();
}
