using System.Diagnostics;
using Amazon.SQS.Model;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Core.DeadLetters;

/// <summary>The moving of dead letters in traces: in that of whoever asked for it, linked with those in which the letters were written.</summary>
internal static class RedriveSpans
{
    private static readonly ActivitySource Source = new("QuizAspire.Core");

    /// <summary>One batch of letters on its way back. They keep the context that they came with, so what is done for them next is in their own traces.</summary>
    /// <param name="askedBy">Who asked for it, where that is not the current span any more.</param>
    public static Activity? StartMove(DeadLetterQueue queue, IReadOnlyList<Message> letters, ActivityContext askedBy)
    {
        if (!Source.HasListeners())
            return null;
        var links = letters.Select(ContextOf).OfType<ActivityContext>().Select(context => new ActivityLink(context));
        var span = Source.StartActivity($"redrive {queue.Name}", ActivityKind.Internal, askedBy, links: links);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("messaging.system", "aws_sqs");
            span.SetTag("messaging.destination.name", queue.SourceName);
            span.SetTag("messaging.batch.message_count", letters.Count);
        }
        return span;
    }

    /// <summary>Notes the first of the batch that was not moved, if there is one.</summary>
    public static void NoteOutcomes(Activity? span, IReadOnlyList<Moved> outcomes)
    {
        if (span is not { IsAllDataRequested: true } || outcomes.All(moved => moved.Outcome == MoveOutcome.Moved))
            return;
        var failed = outcomes.First(moved => moved.Outcome != MoveOutcome.Moved);
        span.SetTag("error.type", failed.Outcome switch
        {
            MoveOutcome.SentOnly => "not_deleted",
            MoveOutcome.Refused => "refused",
            _ => "not_confirmed",
        });
        span.SetStatus(ActivityStatusCode.Error, failed.Reason);
    }

    /// <summary>
    /// From here on the calling method's calls are in no trace: a task that runs by itself asks again and again whether there is something to do.
    /// </summary>
    public static void LeaveTrace()
    {
        Activity.Current = null;
        new Activity("redrive task").Start();
    }

    private static ActivityContext? ContextOf(Message letter) => TraceCarrier.Extract(
        name => letter.MessageAttributes?.GetValueOrDefault(name)?.StringValue,
        letter.Attributes?.GetValueOrDefault(TraceCarrier.AwsTraceHeader));
}
