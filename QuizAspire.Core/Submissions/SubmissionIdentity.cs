using System.Globalization;

namespace QuizAspire.Core.Submissions;

/// <summary>Which submission a message is, however often and wherever it is delivered.</summary>
/// <param name="Fingerprint">Of the content, when the id is the producer's own and could be met with other content; else null.</param>
public sealed record SubmissionIdentity(string SubmissionId, DateTimeOffset SubmittedAt, string? Fingerprint)
{
    /// <param name="origin">Tells one sending of a message from another. What it is made of decides whether it outlives redrive.</param>
    /// <param name="sentAt">When the queue got it.</param>
    /// <exception cref="InvalidSubmissionException">The id is of the form that commits to its content, and this is not its content.</exception>
    public static SubmissionIdentity Of(SubmissionMessage message, string origin, DateTimeOffset sentAt)
    {
        if (message.SubmissionId is not { } id)
        {
            var submittedAt = message.SubmittedAt ?? sentAt;
            return new SubmissionIdentity(Submissions.SubmissionId.ForMessage(submittedAt, origin), submittedAt, null);
        }

        var hasTime = Submissions.SubmissionId.TryGetTime(id, out var time);
        if (!Submissions.SubmissionId.IsCommitting(id))
            return new SubmissionIdentity(id, hasTime ? time : message.SubmittedAt ?? sentAt, FingerprintOf(message));

        var expected = Submissions.SubmissionId.Create(time, message.StudentId, message.QuizId, message.QuizVersion, message.Answers);
        return id == expected && message.CorrectAnswers is null
            ? new SubmissionIdentity(id, time, null)
            : throw new InvalidSubmissionException("submission_id is the id of other content");
    }

    private static string FingerprintOf(SubmissionMessage message) => Submissions.Fingerprint.HexOf(
        message.StudentId,
        message.QuizId,
        message.QuizVersion?.ToString(CultureInfo.InvariantCulture) ?? "",
        CanonicalJson.Of(message.Answers),
        message.CorrectAnswers is { } correct ? CanonicalJson.Of(correct) : "");
}
