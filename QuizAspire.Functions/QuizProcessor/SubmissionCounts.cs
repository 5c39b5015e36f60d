using QuizAspire.Core.Batches;
using QuizAspire.Core.Results;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Functions.QuizProcessor;

/// <summary>
/// Counts what became of a batch's submissions. One that has its result already is not counted as scored again, as far as this process knows: a
/// result that another process wrote is overwritten without a word, and asking would cost a call.
/// </summary>
/// <remarks>Not for use by several threads.</remarks>
internal sealed class SubmissionCounts(FunctionMetrics metrics)
{
    /// <summary>How many of the latest results are remembered.</summary>
    public const int Remembered = 1000;

    private readonly HashSet<(string, string)> _stored = [];
    private readonly Queue<(string, string)> _byAge = [];

    /// <param name="begun">When the batch was taken up.</param>
    /// <param name="stored">When its results were written.</param>
    public void Add(
        IReadOnlyList<QueueRecord> records, IReadOnlyList<Judged?> judged, IReadOnlyList<RecordOutcome> outcomes, DateTimeOffset begun,
        DateTimeOffset stored)
    {
        var batch = new HashSet<(string, string)>();
        var scored = 0;
        for (var i = 0; i < records.Count; i++)
        {
            if (outcomes[i] is RecordOutcome.Failed or RecordOutcome.FailedForGood)
                metrics.SubmissionFailed(outcomes[i]);
            if (outcomes[i] != RecordOutcome.Done)
                continue;

            var result = judged[i]!.Result;
            var key = (result.StudentId, result.SubmissionTimestamp);
            if (CaughtAs(records[i], judged[i]!, key, batch) is { } caughtBy)
                metrics.DuplicateCaught(caughtBy);
            else
            {
                Scored(result, begun, stored);
                scored++;
            }

            batch.Add(key);
        }

        metrics.BatchScored(scored);

        foreach (var key in batch)
            Remember(key);
    }

    private string? CaughtAs(QueueRecord record, Judged judged, (string, string) key, HashSet<(string, string)> batch)
    {
        if (batch.Contains(key))
            return CaughtBy.Batch;
        if (record.ReceiveCount > 1 && _stored.Contains(key))
            return CaughtBy.Redelivery;
        return judged.WasThere || _stored.Contains(key) ? CaughtBy.Store : null;
    }

    private void Scored(SubmissionResult result, DateTimeOffset begun, DateTimeOffset stored)
    {
        var accepted = ResultKey.TimeOf(result.SubmissionTimestamp);
        metrics.Scored(result.QuizId, result.Score ?? 0, Since(accepted, begun), Since(accepted, stored));
    }

    // Clocks of two machines differ, and a producer's own time may be any.
    private static TimeSpan Since(DateTimeOffset earlier, DateTimeOffset later) => later > earlier ? later - earlier : TimeSpan.Zero;

    private void Remember((string, string) key)
    {
        if (!_stored.Add(key))
            return;

        _byAge.Enqueue(key);
        if (_byAge.Count > Remembered)
            _stored.Remove(_byAge.Dequeue());
    }
}
