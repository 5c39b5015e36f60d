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

    public async Task<Judged> JudgeAsync(QueueRecord record, ILogger log, CancellationToken deadline)
    {
        SubmissionMessage? message = null;
        SubmissionIdentity? identity = null;
        try
        {
            message = SubmissionReader.Read(record.Body);
            identity = SubmissionIdentity.Of(message, record.Origin, record.SentAt);
            if (await FindKeyAsync(message, deadline) is not { } key)
                return new Judged(Failed(record, message, identity, $"version {message.QuizVersion} of the quiz is not stored"));

            return new Judged(Completed(message, identity, key), identity.Fingerprint);
        }
        catch (InvalidSubmissionException exception)
        {
            return new Judged(Failed(record, message, identity, exception.Message));
        }
        catch (Exception exception) when (DynamoErrors.IsFailure(exception))
        {
            return new Judged(Failed(record, message, identity, $"the answer key could not be read: {DynamoErrors.Describe(exception)}"));
        }
        catch (Exception exception)
        {
            // Its message may hold values of the submission; its type and stack do not.
            Unexpected(log, record.MessageId, exception.GetType(), exception.StackTrace);
            return new Judged(Failed(record, message, identity, $"unexpected {exception.GetType().Name}"));
        }
    }

    /// <summary>A failure that is recorded under the message's own id, because its submission's id is taken or wrong.</summary>
    public SubmissionResult FailedBeside(QueueRecord record, string studentId, string quizId, string reason)
    {
        var id = SubmissionId.ForMessage(record.SentAt, record.MessageId);
        return new SubmissionResult(
            studentId, ResultKey.From(record.SentAt, id), id, quizId, ResultStatus.Failed, time.GetUtcNow(), Reason: reason);
    }

    /// <param name="message">Null when it could not be read: the message group then tells the student.</param>
    private SubmissionResult Failed(QueueRecord record, SubmissionMessage? message, SubmissionIdentity? identity, string reason) =>
        identity is null
            ? FailedBeside(record, message?.StudentId ?? record.Group, message?.QuizId ?? UnknownQuiz, reason)
            : new SubmissionResult(
                message!.StudentId, ResultKey.From(identity.SubmittedAt, identity.SubmissionId), identity.SubmissionId, message.QuizId,
                ResultStatus.Failed, time.GetUtcNow(), Reason: reason);

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
