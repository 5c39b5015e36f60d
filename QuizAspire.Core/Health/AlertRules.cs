using System.Globalization;

namespace QuizAspire.Core.Health;

/// <summary>What a run has to tell.</summary>
public enum Telling
{
    Nothing,
    Issues,
    Recovery,
}

/// <summary>What is an issue, and when it is told.</summary>
public static class AlertRules
{
    /// <summary>Issues that stay as they are, are told again after this time.</summary>
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromHours(24);

    /// <summary>The queues in which more waits than the thresholds allow, in the order of the queues.</summary>
    public static IReadOnlyList<Finding> Find(IEnumerable<QueueMetrics> queues, HealthThresholds thresholds) =>
        [.. queues.Select(queue => Find(queue, thresholds)).OfType<Finding>()];

    /// <param name="told">What was told last; null when nothing was, or nobody knows.</param>
    public static Telling Decide(Told? told, IReadOnlyCollection<Finding> findings, DateTimeOffset now)
    {
        if (findings.Count == 0)
            return told is { Findings.Count: > 0 } ? Telling.Recovery : Telling.Nothing;

        return told is null || HasChanged(told, findings) || now - told.At >= RepeatAfter ? Telling.Issues : Telling.Nothing;
    }

    private static bool HasChanged(Told told, IReadOnlyCollection<Finding> findings) =>
        told.Findings.Count != findings.Count
        || findings.Any(finding => !told.Findings.TryGetValue(finding.Key, out var before) || HasDoubled(before, finding.Count));

    private static bool HasDoubled(long before, long now) => now - before >= before;

    private static Finding? Find(QueueMetrics metrics, HealthThresholds thresholds)
    {
        var queue = metrics.Queue;
        if (queue.HoldsDeadLetters)
            return metrics.Available <= thresholds.DeadLetters ? null : new Finding(
                $"dead-letters:{queue.Name}",
                metrics.Available,
                $"WARNING: {Number(metrics.Available)} messages in Dead Letter Queue"
                + (queue.Kind == QueueKind.DeadLetters ? $" {queue.Title}" : ""));

        var waiting = metrics.Available + metrics.InFlight;
        return waiting <= thresholds.Queue ? null : new Finding(
            $"backlog:{queue.Name}",
            waiting,
            $"WARNING: High message count in {(queue.Kind == QueueKind.Main ? "main queue" : $"queue {queue.Title}")}: {Number(waiting)}");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
