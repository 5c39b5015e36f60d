using System.Globalization;

namespace QuizAspire.Core.Submissions;

/// <summary>Which submission a message is, however often and wherever it is delivered, and through any number of redrives.</summary>
/// <param name="Fingerprint">Of the content, when the id is the producer's own and could be met with other content; else null.</param>
public sealed record SubmissionIdentity(string SubmissionId, DateTimeOffset SubmittedAt, string? Fingerprint)
{
    /// <param name="life">The message that it came in.</param>
    /// <param name="origin">Counts where <see cref="ReadSubmission.NeedsOrigin"/> says so.</param>
    /// <exception cref="InvalidSubmissionException">The id is of the form that commits to its content, and this is not its content.</exception>
    public static SubmissionIdentity Of(SubmissionMessage message, MessageLife life, MessageOrigin origin)
    {
        if (message.SubmissionId is not { } id)
        {
            // With its time in it, the same body is the same submission. Without, each sending is one of its own.
            return message.SubmittedAt is { } submittedAt
                ? Unguarded(submittedAt, ContentOf(life))
                : Unguarded(origin.SentAt, origin.MessageId);
        }

        if (!Submissions.SubmissionId.IsCommitting(id))
            return new SubmissionIdentity(id, TimeOf(message, origin), FingerprintOf(message));

        var time = TimeOf(message, origin);
        var expected = Submissions.SubmissionId.Create(time, message.StudentId, message.QuizId, message.QuizVersion, message.Answers);
        return id == expected && message.CorrectAnswers is null
            ? new SubmissionIdentity(id, time, null)
            : throw new InvalidSubmissionException("submission_id is the id of other content");
    }

    /// <summary>Under which a message's failure is recorded when its own id belongs to another submission, or there is no reading it.</summary>
    /// <param name="message">Null when it could not be read.</param>
    public static SubmissionIdentity Beside(SubmissionMessage? message, MessageLife life, MessageOrigin origin) => message is null
        ? Unguarded(origin.SentAt, origin.MessageId)
        : Unguarded(TimeOf(message, origin), ContentOf(life));

    private static SubmissionIdentity Unguarded(DateTimeOffset submittedAt, string origin) =>
        new(Submissions.SubmissionId.ForMessage(submittedAt, origin), submittedAt, null);

    private static DateTimeOffset TimeOf(SubmissionMessage message, MessageOrigin origin) =>
        message.SubmissionId is { } id && Submissions.SubmissionId.TryGetTime(id, out var time) ? time : message.SubmittedAt ?? origin.SentAt;

    private static string ContentOf(MessageLife life) => Submissions.Fingerprint.HexOf(life.Group, life.Body);

    private static string FingerprintOf(SubmissionMessage message) => Submissions.Fingerprint.HexOf(
        message.StudentId,
        message.QuizId,
        message.QuizVersion?.ToString(CultureInfo.InvariantCulture) ?? "",
        CanonicalJson.Of(message.Answers),
        message.CorrectAnswers is { } correct ? CanonicalJson.Of(correct) : "");
}
