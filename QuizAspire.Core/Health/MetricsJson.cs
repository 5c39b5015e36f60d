using System.Text.Json;

namespace QuizAspire.Core.Health;

/// <summary>A queue's metrics under the original's names, with the age that the original did not have.</summary>
public static class MetricsJson
{
    /// <param name="unknownAge">What stands for an age that could not be had; null for JSON's null.</param>
    public static void Write(Utf8JsonWriter writer, QueueMetrics metrics, string? unknownAge = null)
    {
        writer.WriteStartObject();
        writer.WriteString("queue_name", metrics.Queue.Title);
        writer.WriteNumber("messages_available", metrics.Available);
        writer.WriteNumber("messages_in_flight", metrics.InFlight);
        writer.WriteNumber("messages_delayed", metrics.Delayed);
        if (metrics.OldestAge is { } age)
            writer.WriteNumber("oldest_message_age_seconds", (long)age.TotalSeconds);
        else
            writer.WriteString("oldest_message_age_seconds", unknownAge);
        writer.WriteEndObject();
    }
}
