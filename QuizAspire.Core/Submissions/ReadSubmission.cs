namespace QuizAspire.Core.Submissions;

/// <summary>A message of the queue as far as its body goes.</summary>
/// <param name="Message">Null when it could not be read.</param>
/// <param name="Defect">Why it could not be read; names members, never their values.</param>
public sealed record ReadSubmission(MessageLife Life, SubmissionMessage? Message, string? Defect)
{
    /// <summary>
    /// Whether the result's key depends on how the message was sent: it tells neither a time of its own nor an id that holds one, or it
    /// cannot be read at all.
    /// </summary>
    public bool NeedsOrigin => Message is not { } message
        || (message.SubmittedAt is null && (message.SubmissionId is not { } id || !SubmissionId.TryGetTime(id, out _)));

    public static ReadSubmission Of(MessageLife life)
    {
        try
        {
            return new ReadSubmission(life, SubmissionReader.Read(life.Body), null);
        }
        catch (InvalidSubmissionException exception)
        {
            return new ReadSubmission(life, null, exception.Message);
        }
    }
}
