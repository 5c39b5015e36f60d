using System.Globalization;
using System.Text;
using Amazon.SQS.Model;
using QuizAspire.Core.Submissions;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Core.DeadLetters;

/// <summary>What a received dead letter says of itself, and what it is when it is sent again.</summary>
internal static class DeadLetterMessage
{
    public static string? Group(this Message message) => message.System("MessageGroupId");

    public static string? DeduplicationId(this Message message) => message.System("MessageDeduplicationId");

    public static int ReceiveCount(this Message message) => (int)Math.Min(message.Number("ApproximateReceiveCount"), int.MaxValue);

    public static DateTimeOffset SentAt(this Message message) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(message.Number("SentTimestamp"), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>The origin that an earlier redrive has left in it, or null.</summary>
    public static MessageOrigin? StatedOrigin(this Message message) =>
        MessageOrigin.FromAttribute(message.MessageAttributes?.GetValueOrDefault(MessageOrigin.AttributeName)?.StringValue);

    /// <summary>
    /// The dead letter as it is sent to its source queue: body and attributes unchanged, with its origin beside them where there is room
    /// (a message has at most ten attributes, and they count in its size). The deduplication id is never the original one, which SQS may still
    /// remember, so that it would drop the message and the delete that follows would lose it; it is the same whenever this dead letter is sent,
    /// so that a sending that was repeated after a crash is dropped.
    /// </summary>
    public static SendMessageBatchRequestEntry ToEntry(this Message message, string entryId, bool isFifo, int maxBytes)
    {
        var entry = new SendMessageBatchRequestEntry(entryId, message.Body)
        {
            MessageAttributes = (message.MessageAttributes ?? []).ToDictionary(attribute => attribute.Key, attribute => Copy(attribute.Value)),
            MessageGroupId = message.Group(),
            MessageDeduplicationId = isFifo ? MessageOrigin.DeduplicationPrefix + message.MessageId : null,
        };
        // It counts towards no limit.
        if (message.System(TraceCarrier.AwsTraceHeader) is { } trace)
            entry.MessageSystemAttributes = new()
            {
                [TraceCarrier.AwsTraceHeader] = new MessageSystemAttributeValue { DataType = "String", StringValue = trace },
            };

        if (message.StatedOrigin() is null)
        {
            entry.MessageAttributes[MessageOrigin.AttributeName] = new MessageAttributeValue
            {
                DataType = "String",
                StringValue = new MessageOrigin(message.MessageId, message.SentAt()).ToAttribute(),
            };
            entry.MakeRoom(maxBytes);
        }
        return entry;
    }

    // Where the message came from is worth more than which trace it was in, of which SQS's own attribute keeps the most.
    private static void MakeRoom(this SendMessageBatchRequestEntry entry, int maxBytes)
    {
        Span<string> dispensable = [TraceCarrier.TraceState, TraceCarrier.TraceParent, MessageOrigin.AttributeName];
        foreach (var name in dispensable)
        {
            if (entry.MessageAttributes.Count > TraceCarrier.MaxAttributes || entry.Size() > maxBytes)
                entry.MessageAttributes.Remove(name);
        }
    }

    /// <summary>Bytes that count against the size of a message and of a batch.</summary>
    public static int Size(this SendMessageBatchRequestEntry entry) =>
        Encoding.UTF8.GetByteCount(entry.MessageBody) + entry.MessageAttributes.Sum(attribute =>
            Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(attribute.Value.DataType)
            + (attribute.Value.StringValue is { } text ? Encoding.UTF8.GetByteCount(text) : (int)(attribute.Value.BinaryValue?.Length ?? 0)));

    private static string? System(this Message message, string name) =>
        message.Attributes?.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static long Number(this Message message, string name) =>
        long.TryParse(message.System(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static MessageAttributeValue Copy(MessageAttributeValue value) =>
        new() { DataType = value.DataType, StringValue = value.StringValue, BinaryValue = value.BinaryValue };
}
