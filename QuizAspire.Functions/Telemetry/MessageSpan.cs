using System.Diagnostics;
using QuizAspire.Core.Batches;
using QuizAspire.Functions.Batches;

namespace QuizAspire.Functions.Telemetry;

/// <summary>The span of one message's processing. Those of a batch may overlap; none is current but between Enter and its end.</summary>
/// <inheritdoc cref="FunctionSpans.StartProcess" path="/param"/>
internal sealed class MessageSpan(QueueRecord record, bool sendsOn) : IDisposable
{
    /// <summary>Null when nobody keeps it.</summary>
    public Activity? Span { get; } = FunctionSpans.StartProcess(record, sendsOn);

    public static string NameOf(RecordOutcome outcome) => outcome switch
    {
        RecordOutcome.Done => "done",
        RecordOutcome.Failed => "retried",
        RecordOutcome.FailedForGood => "final",
        _ => "skipped",
    };

    /// <summary>What is called and logged until the result is disposed of belongs to this message.</summary>
    public Scope Enter() => new(Span);

    public void Describe(string attribute, string value) => Span?.SetTag(attribute, value);

    /// <param name="errorType">What kind of failure, of few kinds; null when there was none.</param>
    /// <param name="reason">In words that hold nothing of the message's content.</param>
    public void End(RecordOutcome outcome, string? errorType = null, string? reason = null)
    {
        if (Span is { IsAllDataRequested: true })
        {
            Span.SetTag(FunctionSpans.Outcome, NameOf(outcome));
            if (errorType is not null)
                Span.Fail(errorType, reason);
        }

        Dispose();
    }

    public void Dispose() => Span?.Stop();

    /// <summary>Makes a span the current one for a while.</summary>
    internal readonly struct Scope : IDisposable
    {
        private readonly Activity? _before;
        private readonly bool _entered;

        public Scope(Activity? span)
        {
            if (span is null)
                return;

            (_before, _entered) = (Activity.Current, true);
            Activity.Current = span;
        }

        public void Dispose()
        {
            if (_entered)
                Activity.Current = _before;
        }
    }
}
