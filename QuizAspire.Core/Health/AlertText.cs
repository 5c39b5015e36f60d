using System.Text;
using System.Text.Json;

namespace QuizAspire.Core.Health;

/// <summary>A message for the alerts topic.</summary>
/// <param name="Subject">ASCII, under 100 characters, as SNS wants it.</param>
/// <param name="Message">Below SNS's 256 KB.</param>
public sealed record Alert(string Subject, string Message);

/// <summary>Alerts in the original's words, with the metrics of every queue that could be read.</summary>
public static class AlertText
{
    public const string IssuesSubject = "Queue Health Check Alert";
    public const string FailureSubject = "Critical Health Check Failure";
    public const string RecoverySubject = "Queue Health Recovered";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <param name="note">Something more that the reader should know; null for nothing.</param>
    public static Alert Of(IReadOnlyCollection<Finding> findings, IEnumerable<QueueMetrics> queues, string? note = null)
    {
        var failures = findings.Where(finding => finding.IsFailure).Select(finding => finding.Text).ToList();
        var issues = findings.Where(finding => !finding.IsFailure).Select(finding => finding.Text).ToList();
        var parts = new List<string>(failures);
        if (issues.Count > 0)
            parts.Add("Queue Health Issues Detected:\n\n" + string.Join('\n', issues));
        if (findings.Count == 0)
            parts.Add("Queue Health Recovered:\n\nEvery queue is within its thresholds again.");
        parts.AddRange(queues.Select(Section));
        if (note is not null)
            parts.Add(note);
        return new Alert(
            failures.Count > 0 ? FailureSubject : findings.Count > 0 ? IssuesSubject : RecoverySubject, string.Join("\n\n", parts));
    }

    private static string Section(QueueMetrics metrics)
    {
        var title = metrics.Queue.Kind switch
        {
            QueueKind.Main => "Main Queue",
            QueueKind.MainDeadLetters => "DLQ",
            _ => metrics.Queue.Title,
        };
        return $"{title} Metrics: {Json(metrics)}";
    }

    private static string Json(QueueMetrics metrics)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
            MetricsJson.Write(writer, metrics, unknownAge: "unknown");
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
