using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>What SNS puts into a queue: the message with what is known about it.</summary>
internal sealed record SnsEnvelope(
    string? Type, string? MessageId, string? Subject, string? Message, string? Timestamp, Dictionary<string, SnsAttribute>? MessageAttributes)
{
    private const string NotificationType = "Notification";

    /// <param name="topic">Whose queue it was in.</param>
    /// <param name="id">Of the queue's message, for what was put into the queue without a topic.</param>
    /// <param name="now">For what does not say when it was sent.</param>
    /// <returns>The notification, and the trace that it was published in, where it says one.</returns>
    public static (Notification Notification, ActivityContext Trace) Read(string body, string topic, string id, DateTimeOffset now)
    {
        var envelope = Parse(body);
        return envelope is { Type: NotificationType, Message: { } message }
            ? (new(topic, envelope.Subject, message, SentAt(envelope.Timestamp) ?? now, envelope.MessageId ?? id), envelope.Trace)
            : (new(topic, null, body, now, id), default);
    }

    private ActivityContext Trace =>
        TraceCarrier.Extract(name => MessageAttributes?.GetValueOrDefault(name)?.Value, awsTraceHeader: null) ?? default;

    private static SnsEnvelope? Parse(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, SnsEnvelopeJson.Default.SnsEnvelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? SentAt(string? timestamp) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

internal sealed record SnsAttribute(string? Type, string? Value);

[JsonSerializable(typeof(SnsEnvelope))]
internal sealed partial class SnsEnvelopeJson : JsonSerializerContext;
