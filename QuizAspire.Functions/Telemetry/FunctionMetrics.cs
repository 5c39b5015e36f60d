using System.Diagnostics;
using System.Diagnostics.Metrics;
using QuizAspire.Core.Batches;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// The numbers of the functions. Times are in seconds, and each attribute has few values: an attribute per student or per submission would make a
/// series of its own for each.
/// </summary>
internal sealed class FunctionMetrics : IDisposable
{
    public const string MeterName = "QuizAspire.Functions";
    private const string DestinationName = "messaging.destination.name";

    // A function ends within a minute; a message may wait for its redrive for days.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    };

    private static readonly InstrumentAdvice<double> Percent = new() { HistogramBucketBoundaries = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100] };
    private static readonly InstrumentAdvice<int> Messages = new() { HistogramBucketBoundaries = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };

    private readonly QuizIds _quizIds = new();
    private readonly Counter<long> _invocations;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _coldStarts;
    private readonly Histogram<double> _initDuration;
    private readonly Histogram<double> _invokeDuration;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _processDuration;
    private readonly Counter<long> _scored;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _duplicates;
    private readonly Histogram<double> _score;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _endToEnd;
    private readonly Counter<long> _jobs;

    public FunctionMetrics()
    {
        _invocations = Meter.CreateCounter<long>("faas.invocations", "{invocation}", "Invocations that succeeded.");
        _errors = Meter.CreateCounter<long>("faas.errors", "{error}", "Invocations that failed as a whole.");
        _coldStarts = Meter.CreateCounter<long>("faas.coldstarts", "{coldstart}", "Processes that have had their first invocation.");
        _initDuration = Meter.CreateHistogram(
            "faas.init_duration", "s", "From the start of the process until it asked for its first invocation.", advice: Seconds);
        _invokeDuration = Meter.CreateHistogram("faas.invoke_duration", "s", "What an invocation took.", advice: Seconds);
        _batchSize = Meter.CreateHistogram("quizaspire.batch.size", "{message}", "Messages per invocation.", advice: Messages);
        _processDuration = Meter.CreateHistogram(
            "messaging.process.duration", "s", "What the processing of a message took, or of the messages of a batch that ended alike.", advice: Seconds);
        _scored = Meter.CreateCounter<long>("quizaspire.submissions.scored", "{submission}", "Submissions whose score was stored.");
        _failed = Meter.CreateCounter<long>("quizaspire.submissions.failed", "{submission}", "Deliveries of submissions that failed.");
        _duplicates = Meter.CreateCounter<long>(
            "quizaspire.submissions.duplicates", "{submission}", "Deliveries of submissions that were known to have their result already.");
        _score = Meter.CreateHistogram("quizaspire.score", "%", "Scores.", advice: Percent);
        _queueWait = Meter.CreateHistogram(
            "quizaspire.submission.queue_wait", "s", "From the acceptance of a submission to the begin of its scoring.", advice: Seconds);
        _endToEnd = Meter.CreateHistogram(
            "quizaspire.submission.end_to_end", "s", "From the acceptance of a submission to its stored result.", advice: Seconds);
        _jobs = Meter.CreateCounter<long>("quizaspire.statistics.jobs", "{job}", "Statistics jobs, by what was done with them.");
    }

    /// <summary>Its own of each instance, so that whoever listens can tell two of one process apart.</summary>
    public Meter Meter { get; } = new(MeterName);

    public void ColdStarted(TimeSpan initDuration, string trigger)
    {
        _coldStarts.Add(1, Trigger(trigger));
        _initDuration.Record(initDuration.TotalSeconds, Trigger(trigger));
    }

    public void Invoked(TimeSpan took, string trigger, bool failed)
    {
        (failed ? _errors : _invocations).Add(1, Trigger(trigger));
        _invokeDuration.Record(took.TotalSeconds, Trigger(trigger));
    }

    public void BatchReceived(int messages, string queue) => _batchSize.Record(messages, new KeyValuePair<string, object?>(DestinationName, queue));

    public void Processed(TimeSpan took, string queue, string? errorType)
    {
        KeyValuePair<string, object?> system = new("messaging.system", "aws_sqs"), operation = new("messaging.operation.name", "process");
        var destination = new KeyValuePair<string, object?>(DestinationName, queue);
        if (errorType is null)
            _processDuration.Record(took.TotalSeconds, system, operation, destination);
        else
            _processDuration.Record(took.TotalSeconds, [system, operation, destination, new(FunctionSpans.ErrorType, errorType)]);
    }

    /// <summary>Counts those of a batch, each of which is told of by <see cref="Scored"/> too.</summary>
    public void BatchScored(int submissions)
    {
        if (submissions > 0)
            _scored.Add(submissions);
    }

    public void Scored(string quizId, decimal percent, TimeSpan queueWait, TimeSpan endToEnd)
    {
        _score.Record((double)percent, new KeyValuePair<string, object?>(FunctionSpans.QuizId, _quizIds.Bounded(quizId)));
        _queueWait.Record(queueWait.TotalSeconds);
        _endToEnd.Record(endToEnd.TotalSeconds);
    }

    public void SubmissionFailed(RecordOutcome outcome) =>
        _failed.Add(1, new KeyValuePair<string, object?>(FunctionSpans.Outcome, MessageSpan.NameOf(outcome)));

    public void DuplicateCaught(string by) => _duplicates.Add(1, new KeyValuePair<string, object?>("quizaspire.caught_by", by));

    /// <param name="outcome">One of <see cref="JobOutcome"/>.</param>
    public void JobHandled(string outcome) => _jobs.Add(1, new KeyValuePair<string, object?>(FunctionSpans.Outcome, outcome));

    public void Dispose() => Meter.Dispose();

    private static KeyValuePair<string, object?> Trigger(string trigger) => new("faas.trigger", trigger);
}
