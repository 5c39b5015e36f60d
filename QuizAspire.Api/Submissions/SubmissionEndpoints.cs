using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Submissions;

internal static class SubmissionEndpoints
{
    public static IEndpointRouteBuilder MapSubmissions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/submissions", PostAsync).WithName("PostSubmission").WithTags("Submissions")
            .Refuses(400, 404, 413, 415, 422, 503)
            .WithSummary("Submit answers")
            .WithDescription(
                "Accepted (202) once the queue has confirmed it; Location is where the result will be. " +
                "Until then nothing is promised, and the same request may be sent again.");
        return routes;
    }

    private static async Task<Results<Accepted<SubmissionAccepted>, Refusal>> PostAsync(
        JsonBody<SubmissionRequest> body,
        [FromHeader(Name = IdempotencyKey.Header), Description(IdempotencyKey.Description)] string? idempotencyKey,
        SubmissionIntake intake, ApiMetrics metrics, HttpContext http, CancellationToken cancellationToken)
    {
        if ((IdempotencyKey.Refuse(idempotencyKey) ?? body.Refusal) is { } malformed)
        {
            metrics.Refused(RefusedBecause.Invalid);
            return malformed;
        }
        var (acceptance, refusal) = await intake.TakeAsync(body.Value!, idempotencyKey, cancellationToken);
        if (acceptance is null)
            return refusal!;
        if (acceptance.Kind == AcceptanceKind.Repeated)
            http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        var id = acceptance.Submission.SubmissionId;
        return TypedResults.Accepted($"/students/{acceptance.Submission.StudentId}/submissions/{id}", SubmissionAccepted.Queued(id));
    }
}
