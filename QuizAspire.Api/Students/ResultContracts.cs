using System.ComponentModel;
using System.Text.Json;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Results;

namespace QuizAspire.Api.Students;

[Description("The result of a submission: score, questions and answers when it is completed, the reason when it is failed.")]
internal sealed record ResultView(
    string StudentId,
    string SubmissionId,
    string QuizId,
    SubmissionStatus Status,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ProcessedAt,
    [property: Description("The version whose answer key it was scored with.")] int? QuizVersion = null,
    [property: Description("Percent of the quiz's questions, two decimals.")] decimal? Score = null,
    int? TotalQuestions = null,
    [property: Description("The answers as submitted.")] JsonElement? Answers = null,
    string? Reason = null)
{
    public static ResultView Of(SubmissionResult result) => new(
        result.StudentId, result.SubmissionId, result.QuizId,
        result.Status == ResultStatus.Completed ? SubmissionStatus.Completed : SubmissionStatus.Failed,
        result.SubmittedAt, result.ProcessedAt, result.QuizVersion, result.Score, result.TotalQuestions, result.Answers, result.Reason);
}

internal sealed record ResultsPage(
    IReadOnlyList<ResultView> Results,
    [property: Description("For page_token of the next request; absent on the last page.")] string? NextPageToken = null,
    [property: Description("Path and query of the next page; absent on the last.")] string? Next = null);
