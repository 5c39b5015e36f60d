using QuizAspire.Core.Submissions;
using QuizAspire.Functions.Batches;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>A record whose body has been read.</summary>
/// <param name="Unexpected">What reading it threw, when that was no defect of the message.</param>
/// <param name="OriginFailure">What came in the way of looking up where the message stems from, when its result's key depends on that; else null.</param>
internal sealed record Incoming(
    QueueRecord Record, ReadSubmission Submission, MessageOrigin Origin, Exception? Unexpected = null, Exception? OriginFailure = null)
{
    public static Incoming Of(QueueRecord record)
    {
        var life = record.Life;
        try
        {
            return new Incoming(record, ReadSubmission.Of(life), life.Apparent);
        }
        catch (Exception exception)
        {
            return new Incoming(record, new ReadSubmission(life, null, $"unexpected {exception.GetType().Name}"), life.Apparent, exception);
        }
    }
}
