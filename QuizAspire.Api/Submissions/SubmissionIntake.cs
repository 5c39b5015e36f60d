using QuizAspire.Api.Http;
using QuizAspire.Api.Quizzes;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// Takes a submission in: checked against its quiz, recorded, then sent, in this order. The record fixes its id before the queue
/// sees it, so a client that got no answer sends the same again and gets the same id, whatever had happened in between.
/// </summary>
internal sealed class SubmissionIntake(QuizOutlines quizzes, AcceptedSubmissionStore accepted, SubmissionSender sender)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <returns>The acceptance, once SQS has confirmed the message; otherwise the refusal.</returns>
    public async Task<(Acceptance? Acceptance, Refusal? Refusal)> TakeAsync(SubmissionRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (SubmissionRules.Check(request) is { } broken)
            return (null, broken);
        var (quiz, refusal) = await FindQuizAsync(request, cancellationToken);
        if (quiz is null)
            return (null, refusal);
        if (SubmissionRules.CheckMessageSize(request) is { } tooLarge)
            return (null, tooLarge);

        var submission = new NewSubmission(request.StudentId, request.QuizId, quiz.Version, request.Answers);
        var acceptance = await accepted.AcceptAsync(submission, idempotencyKey, cancellationToken);
        if (acceptance.Kind == AcceptanceKind.KeyUsedForAnother)
            return (null, Refusal.Unprocessable(IdempotencyKey.Header, "was used for another submission of this student"));

        var message = acceptance.Submission.ToMessage(request.Answers).ToJson();
        var outcome = await sender.SendAsync(new OutgoingSubmission(request.StudentId, acceptance.Submission.SubmissionId, message), cancellationToken);
        return outcome switch
        {
            SendOutcome.Confirmed => (acceptance, null),
            SendOutcome.Busy => (null, Refusal.Unavailable("The server takes no more submissions at the moment. Send the same request again.", RetryAfter)),
            SendOutcome.Unavailable => (null, Refusal.Unavailable("The queue did not confirm the submission. Send the same request again.", RetryAfter)),
            _ => (null, Refusal.Fault("The queue refused the submission.")),
        };
    }

    // The outline may be some seconds old, so nobody is told that a question is unknown before it has been looked up again.
    private async ValueTask<(QuizOutline? Quiz, Refusal? Refusal)> FindQuizAsync(SubmissionRequest request, CancellationToken cancellationToken)
    {
        var begin = quizzes.Now;
        var quiz = await quizzes.FindAsync(request.QuizId, since: null, cancellationToken);
        if (quiz is not null && SubmissionRules.UnknownQuestions(request, quiz) is null)
            return (quiz, null);
        if (quiz is not null)
            quiz = await quizzes.FindAsync(request.QuizId, since: begin, cancellationToken);
        if (quiz is null)
            return (null, QuizEndpoints.UnknownQuiz(request.QuizId));
        return SubmissionRules.UnknownQuestions(request, quiz) is { } unknown ? (null, unknown) : (quiz, null);
    }
}
