using System.Text;
using System.Text.Json;
using QuizAspire.Core.Health;

namespace QuizAspire.Functions.HealthCheck;

/// <summary>The original's answer, with every queue and with what is wrong, told just now or before.</summary>
internal static class HealthCheckResult
{
    /// <param name="alertsSent">How many findings the alert of this run told; 0 when there was none.</param>
    public static Stream Write(IReadOnlyList<QueueMetrics> queues, IReadOnlyCollection<Finding> findings, int alertsSent)
    {
        var result = new MemoryStream();
        using (var writer = new Utf8JsonWriter(result))
        {
            writer.WriteStartObject();
            writer.WriteNumber("statusCode", 200);
            writer.WriteString("body", Body(queues, findings, alertsSent));
            writer.WriteEndObject();
        }

        result.Position = 0;
        return result;
    }

    private static string Body(IReadOnlyList<QueueMetrics> queues, IReadOnlyCollection<Finding> findings, int alertsSent)
    {
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("message", "Health check completed");
            writer.WritePropertyName("main_queue");
            MetricsJson.Write(writer, queues.Single(queue => queue.Queue.Kind == QueueKind.Main));
            writer.WritePropertyName("dlq");
            MetricsJson.Write(writer, queues.Single(queue => queue.Queue.Kind == QueueKind.MainDeadLetters));
            writer.WriteStartArray("queues");
            foreach (var queue in queues)
                MetricsJson.Write(writer, queue);
            writer.WriteEndArray();
            writer.WriteStartArray("issues");
            foreach (var finding in findings)
                writer.WriteStringValue(finding.Text);
            writer.WriteEndArray();
            writer.WriteNumber("alerts_sent", alertsSent);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }
}
