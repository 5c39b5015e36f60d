using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using QuizAspire.Api.Http;
using QuizAspire.Core.Quizzes;

namespace QuizAspire.Api.Quizzes;

internal static class QuizEndpoints
{
    public static IEndpointRouteBuilder MapQuizzes(this IEndpointRouteBuilder routes)
    {
        var quizzes = routes.MapGroup("/quizzes").WithTags("Quizzes");
        quizzes.MapGet("/", ListAsync).WithName("ListQuizzes").Refuses(400, 503)
            .WithSummary("List quizzes").WithDescription("The latest version of each quiz, in no particular order.");
        quizzes.MapGet("/{quiz_id}", GetAsync).WithName("GetQuiz").Refuses(400, 404, 503).Produces(StatusCodes.Status304NotModified)
            .WithSummary("Read a quiz")
            .WithDescription("As students see it, without the answer key. The version is the ETag; If-None-Match is answered with 304.");
        quizzes.MapPut("/{quiz_id}", PutAsync).WithName("PutQuiz").Refuses(400, 413, 415, 422, 503)
            .WithSummary("Store a quiz")
            .WithDescription(
                "Creates the quiz (201), or makes its next version (200). Earlier versions stay, and score what was submitted for them.");
        return routes;
    }

    private static async Task<Results<Ok<QuizzesPage>, Refusal>> ListAsync(
        [FromQuery, Description(PageQuery.LimitDescription)] string? limit,
        [FromQuery(Name = "page_token"), Description(PageQuery.TokenDescription)] string? pageToken,
        QuizStore store, CancellationToken cancellationToken)
    {
        var (page, refusal) = await PageQuery.ReadAsync(limit, pageToken, count => store.ListAsync(count, pageToken, cancellationToken));
        if (page is null)
            return refusal!;
        var items = page.Items.Select(quiz => new QuizListItem(quiz.QuizId, quiz.Version, quiz.Title, quiz.QuestionCount, quiz.CreatedAt));
        return TypedResults.Ok(new QuizzesPage([.. items], page.NextPageToken, PageQuery.NextLink("/quizzes", limit, page.NextPageToken)));
    }

    private static async Task<Results<Ok<QuizView>, StatusCodeHttpResult, Refusal>> GetAsync(
        [FromRoute(Name = "quiz_id")] string quizId,
        [FromQuery, Description("A version from 1; absent: the latest.")] string? version,
        QuizStore store, HttpContext http, CancellationToken cancellationToken)
    {
        if (Ids.Refuse("quiz_id", quizId) is { } malformed)
            return malformed;
        var number = 0;
        if (version is not null && (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number < 1))
            return Refusal.Malformed("version", "must be a whole number from 1");

        var quiz = version is null
            ? await store.FindLatestAsync(quizId, cancellationToken)
            : await store.FindVersionAsync(quizId, number, cancellationToken);
        if (quiz is null)
            return version is null ? UnknownQuiz(quizId) : Refusal.NotFound("version", $"{number} of quiz {quizId} does not exist");

        var tag = new EntityTagHeaderValue($"\"{quiz.Version}\"");
        http.Response.GetTypedHeaders().ETag = tag;
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(QuizView.Of(quiz));
    }

    private static async Task<Results<Created<QuizSaved>, Ok<QuizSaved>, Refusal>> PutAsync(
        [FromRoute(Name = "quiz_id")] string quizId,
        JsonBody<QuizRequest> body, QuizStore store, QuizOutlines outlines, CancellationToken cancellationToken)
    {
        if (Ids.Refuse("quiz_id", quizId) is { } malformedId)
            return malformedId;
        if (body.Value is not { } request)
            return body.Refusal!;
        if (QuizRules.Check(request) is { } refusal)
            return refusal;
        try
        {
            var (quiz, created) = await store.SaveAsync(QuizRules.ToDraft(quizId, request), cancellationToken);
            var saved = new QuizSaved(quiz.QuizId, quiz.Version, quiz.CreatedAt);
            return created ? TypedResults.Created($"/quizzes/{quizId}", saved) : TypedResults.Ok(saved);
        }
        catch (QuizTooLargeException exception)
        {
            return Refusal.TooLarge("body", $"is a quiz of {exception.Bytes} bytes, and at most {QuizStore.MaxQuizBytes} can be stored");
        }
        finally
        {
            outlines.Forget(quizId); // also after an error: the write may have landed
        }
    }

    internal static Refusal UnknownQuiz(string quizId) => Refusal.NotFound("quiz_id", $"{quizId} does not exist");
}
