using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.SQS.Model;

namespace Amazon.Lambda.TestTool.EventSource;

/// <summary>Received messages as the event that Lambda makes of them.</summary>
internal static class SqsEventJson
{
    // Bodies are JSON in most cases; escaping every quote as \u0022 would make the event three times as large.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(IEnumerable<Message> messages, string queueArn)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Records");
            foreach (var message in messages)
                Write(writer, message, queueArn);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Message message, string queueArn)
    {
        writer.WriteStartObject();
        writer.WriteString("messageId", message.MessageId);
        writer.WriteString("receiptHandle", message.ReceiptHandle);
        writer.WriteString("body", message.Body);
        writer.WriteStartObject("attributes");
        foreach (var (name, value) in message.Attributes ?? [])
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteStartObject("messageAttributes");
        foreach (var (name, value) in message.MessageAttributes ?? [])
            Write(writer, name, value);
        writer.WriteEndObject();
        writer.WriteString("md5OfBody", message.MD5OfBody);
        if (message.MD5OfMessageAttributes is { } md5)
            writer.WriteString("md5OfMessageAttributes", md5);
        writer.WriteString("eventSource", "aws:sqs");
        writer.WriteString("eventSourceARN", queueArn);
        writer.WriteString("awsRegion", queueArn.Split(':').ElementAtOrDefault(3));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, MessageAttributeValue value)
    {
        writer.WriteStartObject(name);
        if (value.StringValue is { } text)
            writer.WriteString("stringValue", text);
        if (value.BinaryValue is { } bytes)
            writer.WriteBase64String("binaryValue", bytes.ToArray());
        // Reserved by SQS and always empty; Lambda writes them all the same.
        writer.WriteStartArray("stringListValues");
        writer.WriteEndArray();
        writer.WriteStartArray("binaryListValues");
        writer.WriteEndArray();
        writer.WriteString("dataType", value.DataType);
        writer.WriteEndObject();
    }
}
