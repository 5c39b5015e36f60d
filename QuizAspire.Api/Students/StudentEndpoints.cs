using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using QuizAspire.Api.Http;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Students;

internal static class StudentEndpoints
{
    public static IEndpointRouteBuilder MapStudents(this IEndpointRouteBuilder routes)
    {
        var students = routes.MapGroup("/students/{student_id}").WithTags("Students");
        students.MapGet("/submissions/{submission_id}", GetSubmissionAsync).WithName("GetSubmission").Refuses(400, 404, 503)
            .WithSummary("Read a submission's result")
            .WithDescription("200 with the result, 202 with Retry-After while it is on its way.");
        students.MapGet("/results", ListResultsAsync).WithName("ListResults").Refuses(400, 503)
            .WithSummary("List a student's results").WithDescription("Newest submission first.");
        return routes;
    }

    private static async Task<Results<Ok<ResultView>, Accepted<SubmissionAccepted>, Refusal>> GetSubmissionAsync(
        [FromRoute(Name = "student_id")] string studentId,
        [FromRoute(Name = "submission_id")] string submissionId,
        ResultStore results, AcceptedSubmissionStore accepted, HttpContext http, CancellationToken cancellationToken)
    {
        if ((Ids.Refuse("student_id", studentId) ?? Ids.Refuse("submission_id", submissionId)) is { } malformed)
            return malformed;
        if (await results.FindAsync(studentId, submissionId, cancellationToken) is { } result)
            return TypedResults.Ok(ResultView.Of(result));
        if (await accepted.FindAsync(studentId, submissionId, cancellationToken) is null)
            return Refusal.NotFound("submission_id", $"{submissionId} does not exist for student {studentId}");
        http.Response.Headers.RetryAfter = "1";
        return TypedResults.Accepted(http.Request.Path.Value, SubmissionAccepted.Queued(submissionId));
    }

    private static async Task<Results<Ok<ResultsPage>, Refusal>> ListResultsAsync(
        [FromRoute(Name = "student_id")] string studentId,
        [FromQuery, Description(PageQuery.LimitDescription)] string? limit,
        [FromQuery(Name = "page_token"), Description(PageQuery.TokenDescription)] string? pageToken,
        ResultStore store, CancellationToken cancellationToken)
    {
        if (Ids.Refuse("student_id", studentId) is { } malformed)
            return malformed;
        var (page, refusal) = await PageQuery.ReadAsync(limit, pageToken, count => store.QueryAsync(studentId, count, pageToken, cancellationToken));
        if (page is null)
            return refusal!;
        var next = PageQuery.NextLink($"/students/{studentId}/results", limit, page.NextPageToken);
        return TypedResults.Ok(new ResultsPage([.. page.Items.Select(ResultView.Of)], page.NextPageToken, next));
    }
}
