using Amazon.SQS.Model;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.DeadLetters;

/// <summary>What is shown of a dead submission: whose it is, and where its result is. Never an answer.</summary>
/// <param name="QuizId">Null when it cannot be read.</param>
/// <param name="Beside">What its failure is recorded under when its own id belongs to another submission; null when that cannot be.</param>
internal sealed record DeadSubmission(string StudentId, string? QuizId, SubmissionIdentity Identity, SubmissionIdentity? Beside, MessageOrigin Origin)
{
    /// <summary>The result's sort key.</summary>
    public string ResultKey => KeyOf(Identity);

    public string? BesideKey => Beside is null ? null : KeyOf(Beside);

    /// <summary>Where the function that gave it up has recorded that.</summary>
    public static DeadSubmission Of(ReadSubmission read, MessageOrigin origin)
    {
        var identity = IdentityOf(read, origin);
        return new DeadSubmission(
            read.Message?.StudentId ?? read.Life.Group, read.Message?.QuizId, identity,
            // An id of the producer's own may have been met with other content before.
            identity.Fingerprint is null ? null : SubmissionIdentity.Beside(read.Message, read.Life, origin), origin);
    }

    public static ReadSubmission Read(Message message) => ReadSubmission.Of(new MessageLife(
        message.Group() ?? message.MessageId, message.Body, message.MessageId, message.DeduplicationId(), message.SentAt(), message.StatedOrigin()));

    private static string KeyOf(SubmissionIdentity identity) => Results.ResultKey.From(identity.SubmittedAt, identity.SubmissionId);

    private static SubmissionIdentity IdentityOf(ReadSubmission read, MessageOrigin origin)
    {
        try
        {
            return read.Message is { } message
                ? SubmissionIdentity.Of(message, read.Life, origin)
                : SubmissionIdentity.Beside(null, read.Life, origin);
        }
        catch (InvalidSubmissionException)
        {
            return SubmissionIdentity.Beside(read.Message, read.Life, origin);
        }
    }
}
