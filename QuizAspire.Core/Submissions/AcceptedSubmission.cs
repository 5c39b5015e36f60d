using System.Text.Json;

namespace QuizAspire.Core.Submissions;

/// <summary>A submission as a student made it, before it is accepted.</summary>
/// <param name="QuizVersion">The version that the student's answers were checked against.</param>
/// <param name="Answers">An object: question id to any JSON value.</param>
public sealed record NewSubmission(string StudentId, string QuizId, int QuizVersion, JsonElement Answers);

/// <summary>The record that makes an acceptance stick: the same request gets the same id from any instance, at any time in its window.</summary>
public sealed record AcceptedSubmission(string StudentId, string SubmissionId, DateTimeOffset SubmittedAt, string QuizId, int QuizVersion)
{
    /// <summary>The same message for every attempt to send this submission.</summary>
    /// <param name="answers">Those of the request, which the record holds only by their fingerprint.</param>
    public SubmissionMessage ToMessage(JsonElement answers) =>
        new(StudentId, QuizId, answers, null, SubmissionId, SubmittedAt, QuizVersion);
}

/// <summary>What <see cref="AcceptedSubmissionStore.AcceptAsync"/> found.</summary>
public enum AcceptanceKind
{
    /// <summary>Not seen before.</summary>
    New,

    /// <summary>Seen before, so it has the id of then. Send it again: the first attempt may have ended before the queue had it.</summary>
    Repeated,

    /// <summary>The idempotency key belongs to another submission, which is the one returned.</summary>
    KeyUsedForAnother,
}

public sealed record Acceptance(AcceptanceKind Kind, AcceptedSubmission Submission);
