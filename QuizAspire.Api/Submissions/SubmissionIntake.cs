using QuizAspire.Api.Http;
using QuizAspire.Api.Quizzes;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// Takes a submission in: checked against its quiz, recorded, then sent, in this order. The record fixes its id before the queue
/// sees it, so a client that got no answer sends the same again and gets the same id, whatever had happened in between.
/// </summary>
internal sealed class SubmissionIntake(QuizOutlines quizzes, AcceptedSubmissionStore accepted, SubmissionSender sender, ApiMetrics metrics)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <returns>The acceptance, once SQS has confirmed the message; otherwise the refusal.</returns>
    public async Task<(Acceptance? Acceptance, Refusal? Refusal)> TakeAsync(
        SubmissionRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        try
        {
            var taken = await CheckAndSendAsync(request, idempotencyKey, cancellationToken);
            if (taken.Acceptance is { } acceptance)
                metrics.Accepted(acceptance.Kind == AcceptanceKind.Repeated);
            return taken;
        }
        catch (Exception exception)
        {
            metrics.Refused(RefusedBecause.Of(exception, cancellationToken));
            throw;
        }
    }

    private async Task<(Acceptance? Acceptance, Refusal? Refusal)> CheckAndSendAsync(
        SubmissionRequest request, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (SubmissionRules.Check(request) is { } broken)
            return Refuse(RefusedBecause.Invalid, broken);
        var (quiz, refusal) = await FindQuizAsync(request, cancellationToken);
        if (quiz is null)
            return await RepeatAsync(request, idempotencyKey, refusal!, cancellationToken);
        if (SubmissionRules.CheckMessageSize(request) is { } tooLarge)
            return Refuse(RefusedBecause.Invalid, tooLarge);

        var submission = new NewSubmission(request.StudentId, request.QuizId, quiz.Version, request.Answers);
        var acceptance = await accepted.AcceptAsync(submission, idempotencyKey, cancellationToken);
        if (acceptance.Kind == AcceptanceKind.KeyUsedForAnother)
            return Refuse(
                RefusedBecause.KeyReused, Refusal.Unprocessable(IdempotencyKey.Header, "was used for another submission of this student"));

        return await SendAsync(request, acceptance, cancellationToken);
    }

    // The first attempt may be in the queue although it got no answer, and the quiz may have changed since.
    private async Task<(Acceptance? Acceptance, Refusal? Refusal)> RepeatAsync(
        SubmissionRequest request, string? idempotencyKey, Refusal refusal, CancellationToken cancellationToken)
    {
        var earlier = await accepted.FindRepeatedAsync(request.StudentId, request.QuizId, request.Answers, idempotencyKey, cancellationToken);
        return earlier is null
            ? Refuse(refusal.StatusCode == StatusCodes.Status404NotFound ? RefusedBecause.UnknownQuiz : RefusedBecause.Invalid, refusal)
            : await SendAsync(request, new Acceptance(AcceptanceKind.Repeated, earlier), cancellationToken);
    }

    private async Task<(Acceptance? Acceptance, Refusal? Refusal)> SendAsync(
        SubmissionRequest request, Acceptance acceptance, CancellationToken cancellationToken)
    {
        var message = acceptance.Submission.ToMessage(request.Answers).ToJson();
        var outgoing = new OutgoingSubmission(request.StudentId, acceptance.Submission.SubmissionId, message);
        return await sender.SendAsync(outgoing, cancellationToken) switch
        {
            SendOutcome.Confirmed => (acceptance, null),
            SendOutcome.Busy => Refuse(RefusedBecause.Busy, Unavailable("The server takes no more submissions at the moment.")),
            SendOutcome.Unavailable => Refuse(RefusedBecause.Unavailable, Unavailable("The queue did not confirm the submission.")),
            _ => Refuse(RefusedBecause.Refused, Refusal.Fault("The queue refused the submission.")),
        };
    }

    private (Acceptance? Acceptance, Refusal? Refusal) Refuse(string because, Refusal refusal)
    {
        metrics.Refused(because);
        return (null, refusal);
    }

    private static Refusal Unavailable(string reason) => Refusal.Unavailable($"{reason} Send the same request again.", RetryAfter);

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
