using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
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
        SubmissionIntake intake, HttpContext http, CancellationToken cancellationToken)
    {
        if (IdempotencyKey.Refuse(idempotencyKey) is { } malformedKey)
            return malformedKey;
        if (body.Value is not { } request)
            return body.Refusal!;
        var (acceptance, refusal) = await intake.TakeAsync(request, idempotencyKey, cancellationToken);
        if (acceptance is null)
            return refusal!;
        if (acceptance.Kind == AcceptanceKind.Repeated)
            http.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
        var id = acceptance.Submission.SubmissionId;
        return TypedResults.Accepted($"/students/{acceptance.Submission.StudentId}/submissions/{id}", SubmissionAccepted.Queued(id));
    }
}
