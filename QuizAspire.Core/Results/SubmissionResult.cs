using System.Text.Json;

namespace QuizAspire.Core.Results;

/// <summary>A result item. Score, questions and answers are there when it is completed, the reason when it is failed.</summary>
/// <param name="SubmissionTimestamp">The sort key, see <see cref="ResultKey"/>.</param>
/// <param name="Score">Percent, two decimals.</param>
/// <param name="TotalQuestions">Number of questions in the answer key.</param>
/// <param name="QuizVersion">Present when it was scored by a stored answer key.</param>
public sealed record SubmissionResult(
    string StudentId,
    string SubmissionTimestamp,
    string SubmissionId,
    string QuizId,
    ResultStatus Status,
    DateTimeOffset ProcessedAt,
    decimal? Score = null,
    int? TotalQuestions = null,
    JsonElement? Answers = null,
    int? QuizVersion = null,
    string? Reason = null)
{
    /// <summary>When it was submitted, which is the first part of the sort key.</summary>
    public DateTimeOffset SubmittedAt => ResultKey.TimeOf(SubmissionTimestamp);

    /// <summary>The failure to be recorded in its place.</summary>
    public SubmissionResult ToFailed(string reason) =>
        new(StudentId, SubmissionTimestamp, SubmissionId, QuizId, ResultStatus.Failed, ProcessedAt, Reason: reason);
}

public enum ResultStatus
{
    Completed,
    Failed,
}
