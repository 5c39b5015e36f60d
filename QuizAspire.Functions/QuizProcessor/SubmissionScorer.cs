using Microsoft.Extensions.Logging;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Results;
using QuizAspire.Core.Scoring;
using QuizAspire.Core.Submissions;
using QuizAspire.Functions.Batches;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>The handler of one record: message in, result out. Nothing is written here, and nothing is thrown.</summary>
internal sealed partial class SubmissionScorer(AnswerKeyCache keys, TimeProvider time)
{
    private const string UnknownQuiz = "unknown";

    public async Task<Judged> JudgeAsync(Incoming incoming, ILogger log, CancellationToken deadline)
    {
        if (incoming.Unexpected is { } unread)
            Unexpected(log, incoming.Record.MessageId, unread.GetType(), unread.StackTrace);
        if (incoming.Submission.Message is not { } message)
            return new Judged(
                FailedBeside(incoming, incoming.Submission.Defect!), incoming.Unexpected?.GetType().FullName ?? RecordException.InvalidMessage);

        SubmissionIdentity? identity = null;
        try
        {
            identity = SubmissionIdentity.Of(message, incoming.Submission.Life, incoming.Origin);
            if (incoming.OriginFailure is { } failure)
            {
                var reason = $"its origin could not be looked up: {DynamoErrors.Describe(failure)}";
                return new Judged(Failed(message, identity, reason), ServiceFailures.KindOf(failure));
            }

            if (await FindKeyAsync(message, deadline) is not { } key)
                return new Judged(Failed(message, identity, $"version {message.QuizVersion} of the quiz is not stored"), "unknown_quiz_version");

            return new Judged(Completed(message, identity, key), Fingerprint: identity.Fingerprint);
        }
        catch (InvalidSubmissionException exception)
        {
            return new Judged(FailedBeside(incoming, exception.Message), RecordException.InvalidMessage);
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            var reason = $"the answer key could not be read: {DynamoErrors.Describe(exception)}";
            return new Judged(Failed(message, identity!, reason), ServiceFailures.KindOf(exception));
        }
        catch (Exception exception)
        {
            // Its message may hold values of the submission; its type and stack do not.
            Unexpected(log, incoming.Record.MessageId, exception.GetType(), exception.StackTrace);
            var reason = $"unexpected {exception.GetType().Name}";
            var failed = identity is null ? FailedBeside(incoming, reason) : Failed(message, identity, reason);
            return new Judged(failed, exception.GetType().FullName);
        }
    }

    /// <summary>
    /// A failure that is recorded beside, because its submission's id is taken or wrong, or there is no reading it. The message group then
    /// tells the student.
    /// </summary>
    public SubmissionResult FailedBeside(Incoming incoming, string reason)
    {
        var (message, life) = (incoming.Submission.Message, incoming.Submission.Life);
        var identity = SubmissionIdentity.Beside(message, life, incoming.Origin);
        return Failed(message?.StudentId ?? life.Group, message?.QuizId ?? UnknownQuiz, identity, reason);
    }

    private SubmissionResult Failed(SubmissionMessage message, SubmissionIdentity identity, string reason) =>
        Failed(message.StudentId, message.QuizId, identity, reason);

    private SubmissionResult Failed(string studentId, string quizId, SubmissionIdentity identity, string reason) => new(
        studentId, ResultKey.From(identity.SubmittedAt, identity.SubmissionId), identity.SubmissionId, quizId, ResultStatus.Failed,
        time.GetUtcNow(), Reason: reason);

    private SubmissionResult Completed(SubmissionMessage message, SubmissionIdentity identity, AnswerKey key)
    {
        var score = ScoreCalculator.Calculate(message.Answers, key);
        return new SubmissionResult(
            message.StudentId, ResultKey.From(identity.SubmittedAt, identity.SubmissionId), identity.SubmissionId, message.QuizId,
            ResultStatus.Completed, time.GetUtcNow(), score.Percent, score.TotalQuestions, message.Answers, key.QuizVersion);
    }

    private async Task<AnswerKey?> FindKeyAsync(SubmissionMessage message, CancellationToken deadline)
    {
        if (message.CorrectAnswers is { } correctAnswers)
            return AnswerKey.From(correctAnswers);

        // The seed's message without a key scores 0 of 0 questions. One that names a version was made from a stored quiz.
        return await keys.FindAsync(message.QuizId, message.QuizVersion, deadline) ?? (message.QuizVersion is null ? AnswerKey.None : null);
    }

    [LoggerMessage(10, LogLevel.Error, "record message_id={MessageId} unexpected {Exception}{StackTrace}")]
    private static partial void Unexpected(ILogger log, string messageId, Type exception, string? stackTrace);
}
