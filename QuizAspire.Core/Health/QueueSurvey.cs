namespace QuizAspire.Core.Health;

/// <summary>Every queue's metrics, or why not.</summary>
/// <param name="Queues">Those that could be read, in the order asked for.</param>
/// <param name="Failures">Those that could not.</param>
/// <param name="AgesFailure">Why ages are unknown; null when CloudWatch answered or was not asked.</param>
public sealed record SurveyResult(
    IReadOnlyList<QueueMetrics> Queues, IReadOnlyList<(QueueIdentity Queue, Exception Failure)> Failures, Exception? AgesFailure);

/// <summary>Looks at all queues: how much waits, and since when.</summary>
public sealed class QueueSurvey(QueueReader reader, MessageAges ages)
{
    public async Task<SurveyResult> RunAsync(IReadOnlyList<QueueIdentity> queues, CancellationToken cancellationToken)
    {
        var readings = await reader.ReadAsync(queues, cancellationToken);
        var metrics = readings.Select(reading => reading.Metrics).OfType<QueueMetrics>().ToList();
        // CloudWatch takes money and time for each metric, and in an empty queue there is nothing that could be old.
        var known = await ages.ReadAsync([.. metrics.Where(queue => !queue.IsEmpty).Select(queue => queue.Queue)], cancellationToken);

        return new SurveyResult(
            [.. metrics.Select(queue => queue with { OldestAge = AgeOf(queue, known.Ages) })],
            [.. readings.Where(reading => reading.Failure is not null).Select(reading => (reading.Queue, reading.Failure!))],
            known.Failure);
    }

    private static TimeSpan? AgeOf(QueueMetrics queue, IReadOnlyDictionary<string, TimeSpan> ages) =>
        queue.IsEmpty ? TimeSpan.Zero : ages.TryGetValue(queue.Queue.Name, out var age) ? age : null;
}
