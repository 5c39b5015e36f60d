using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.TestTool.EventSource;
using Amazon.SQS.Model;

namespace Standins.Tests.Lambda;

public class SqsEventTests
{
    private const string Arn = "arn:aws:sqs:us-west-1:000000000000:quiz-submissions.fifo";

    [Fact]
    public void A_received_message_reaches_the_handler_with_everything_that_SQS_said_about_it()
    {
        var message = new Message
        {
            MessageId = "m1", ReceiptHandle = "h1", Body = """{"student_id":"ж","text":"a\"b"}""",
            MD5OfBody = "md5", MD5OfMessageAttributes = "md5a",
            Attributes = new() { ["MessageGroupId"] = "s1", ["SentTimestamp"] = "1700000000000",
                ["ApproximateReceiveCount"] = "2", ["AWSTraceHeader"] = "Root=1-5-6" },
            MessageAttributes = new()
            {
                ["traceparent"] = new() { DataType = "String", StringValue = "00-11-22-01" },
                ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 255]) }
            }
        };

        var record = Assert.Single(Read(SqsEventJson.Write([message], Arn)).Records);

        Assert.Equal(
            ("m1", "h1", message.Body, "md5", "md5a"),
            (record.MessageId, record.ReceiptHandle, record.Body, record.Md5OfBody, record.Md5OfMessageAttributes));
        Assert.Equal((Arn, "aws:sqs", "us-west-1"), (record.EventSourceArn, record.EventSource, record.AwsRegion));
        Assert.Equal(message.Attributes, record.Attributes);
        Assert.Equal(
            ("String", "00-11-22-01"), (record.MessageAttributes["traceparent"].DataType, record.MessageAttributes["traceparent"].StringValue));
        Assert.Empty(record.MessageAttributes["traceparent"].StringListValues);
        Assert.Equal([0, 255], record.MessageAttributes["raw"].BinaryValue.ToArray());
    }

    [Fact]
    public void An_event_has_the_names_that_AWS_writes()
    {
        using var document = JsonDocument.Parse(
            SqsEventJson.Write([new Message { MessageId = "m", ReceiptHandle = "h", Body = "b", MD5OfBody = "5" }], Arn));

        Assert.Equal(
            ["messageId", "receiptHandle", "body", "attributes", "messageAttributes", "md5OfBody", "eventSource", "eventSourceARN", "awsRegion"],
            document.RootElement.GetProperty("Records")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_batch_response_is_written_as_AWS_reads_it()
    {
        using var stream = new MemoryStream();
        new SourceGeneratorLambdaJsonSerializer<EventJson>().Serialize(new SQSBatchResponse([new() { ItemIdentifier = "m1" }]), stream);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m1"}]}""", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(["m2"], BatchSettlement.Decide(["m1", "m2"], isFunctionError: false, stream.ToArray()).Succeeded);
    }

    [Fact]
    public void Dates_and_bytes_take_the_forms_that_Lambda_events_have()
    {
        var values = Deserialize<Values>("""{"AT":1700000000,"bytes":[1,2],"Stream":"AAE="}"""u8.ToArray());

        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_700_000_000), values.At);
        Assert.Equal([1, 2], values.Bytes!);
        Assert.Equal([0, 1], values.Stream!.ToArray());
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_700_000_000_000), Deserialize<Values>("""{"At":1700000000000}"""u8.ToArray()).At);
        Assert.Equal([7], Deserialize<Values>("""{"Bytes":"Bw=="}"""u8.ToArray()).Bytes!);
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_that_names_the_type() =>
        Assert.Contains(nameof(SQSEvent), Assert.Throws<JsonSerializerException>(() => Read("[]"u8.ToArray())).Message, StringComparison.Ordinal);

    private static SQSEvent Read(byte[] json) => Deserialize<SQSEvent>(json);

    private static T Deserialize<T>(byte[] json) => new SourceGeneratorLambdaJsonSerializer<EventJson>().Deserialize<T>(new MemoryStream(json));
}

internal sealed record Values(DateTime At, byte[]? Bytes, MemoryStream? Stream);

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(Values))]
internal sealed partial class EventJson : JsonSerializerContext;
