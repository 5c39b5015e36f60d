using System.Diagnostics.Metrics;

namespace QuizAspire.Api.Telemetry;

/// <summary>The numbers of the API. Each attribute has few values: one per student or per quiz would make a series of its own for each.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "QuizAspire.Api";
    private const string ErrorType = "error.type";
    private const string Acceptance = "quizaspire.acceptance";
    private const string Outcome = "quizaspire.outcome";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _duplicates;
    private readonly Histogram<int> _sendBatchSize;
    private readonly Counter<long> _jobs;

    public ApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _accepted = meter.CreateCounter<long>("quizaspire.submissions.accepted", "{submission}", "Submissions answered with 202.");
        _refused = meter.CreateCounter<long>("quizaspire.submissions.refused", "{submission}", "Submissions answered with anything else, by why.");
        _duplicates = meter.CreateCounter<long>(
            "quizaspire.submissions.duplicates", "{submission}", "Submissions that were known to be there already.");
        _sendBatchSize = meter.CreateHistogram(
            "quizaspire.send.batch.size", "{message}", "Submissions that shared a SendMessageBatch call.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
        _jobs = meter.CreateCounter<long>("quizaspire.statistics.jobs", "{job}", "Statistics jobs, by what was done with them.");
    }

    public void Accepted(bool repeated)
    {
        _accepted.Add(1, new KeyValuePair<string, object?>(Acceptance, repeated ? "repeated" : "new"));
        if (repeated)
            _duplicates.Add(1, new KeyValuePair<string, object?>("quizaspire.caught_by", "acceptance"));
    }

    /// <param name="because">One of <see cref="RefusedBecause"/>.</param>
    public void Refused(string because) => _refused.Add(1, new KeyValuePair<string, object?>(ErrorType, because));

    public void BatchSent(int messages) => _sendBatchSize.Record(messages);

    public void JobAccepted(bool repeated) => _jobs.Add(1, new KeyValuePair<string, object?>(Outcome, repeated ? "repeated" : "accepted"));
}
