using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

/// <summary>What goes over the wire. The expected bodies are what another SDK (boto3 1.43) was seen to send for the same calls.</summary>
public sealed class ProtocolTests
{
    private const string Queue = "http://127.0.0.1:1/123456789012/q.fifo";

    [Fact]
    public async Task A_request_is_json_signed_for_the_queue_service_of_its_region()
    {
        await using var server = await StubServer.AnsweringAsync("{}");
        using var sqs = SqsClients.For(server.Url);

        await sqs.ListQueuesAsync(new ListQueuesRequest());

        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal("{}", body);
        Assert.Equal("AmazonSQS.ListQueues", headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", headers.ContentType);
        Assert.Equal("true", headers["x-amzn-query-mode"]);
        Assert.Matches(
            @"^AWS4-HMAC-SHA256 Credential=access/\d{8}/us-west-1/sqs/aws4_request, SignedHeaders=[a-z0-9;-]*x-amz-target[a-z0-9;-]*, Signature=[0-9a-f]{64}$",
            headers.Authorization.ToString());
        Assert.Matches(@"^\d{8}T\d{6}Z$", headers["X-Amz-Date"].ToString());
        Assert.True(Guid.TryParse(headers["amz-sdk-invocation-id"], out _));
        Assert.Contains("api/SQS#", headers.UserAgent.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Bodies => new()
    {
        { "SendMessageBatch", """{"QueueUrl":"http://127.0.0.1:1/123456789012/q.fifo","Entries":[{"Id":"1","MessageBody":"\u00e9 \"x\" <&>","MessageGroupId":"g","MessageDeduplicationId":"d","MessageAttributes":{"raw":{"DataType":"Binary","BinaryValue":"AP8K"},"n":{"DataType":"Number","StringValue":"1"}},"MessageSystemAttributes":{"AWSTraceHeader":{"DataType":"String","StringValue":"Root=1"}}}]}""" },
        { "ReceiveMessage", """{"QueueUrl":"http://127.0.0.1:1/123456789012/q.fifo","MaxNumberOfMessages":10,"WaitTimeSeconds":20,"VisibilityTimeout":70,"MessageAttributeNames":["All"],"MessageSystemAttributeNames":["All"]}""" },
        { "ChangeMessageVisibilityBatch", """{"QueueUrl":"http://127.0.0.1:1/123456789012/q.fifo","Entries":[{"Id":"1","ReceiptHandle":"h","VisibilityTimeout":0}]}""" },
        { "CreateQueue", """{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true"},"tags":{"a":"b"}}""" },
        { "GetQueueAttributes", """{"QueueUrl":"http://127.0.0.1:1/123456789012/q.fifo","AttributeNames":["All"]}""" },
        { "StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-west-1:1:dlq","MaxNumberOfMessagesPerSecond":5}""" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_request_has_the_members_that_other_sdks_send(string operation, string expected)
    {
        await using var server = await StubServer.AnsweringAsync("{}");
        using var sqs = SqsClients.For(server.Url);

        await (operation switch
        {
            "SendMessageBatch" => (Task)sqs.SendMessageBatchAsync(Queue,
            [
                new("1", "é \"x\" <&>")
                {
                    MessageGroupId = "g",
                    MessageDeduplicationId = "d",
                    MessageAttributes = new()
                    {
                        ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 255, 10]) },
                        ["n"] = new() { DataType = "Number", StringValue = "1" },
                    },
                    MessageSystemAttributes = new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1" } },
                },
            ]),
            "ReceiveMessage" => sqs.ReceiveMessageAsync(new ReceiveMessageRequest(Queue)
            {
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 20,
                VisibilityTimeout = 70,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["All"],
            }),
            "ChangeMessageVisibilityBatch" => sqs.ChangeMessageVisibilityBatchAsync(Queue, [new("1", "h") { VisibilityTimeout = 0 }]),
            "CreateQueue" => sqs.CreateQueueAsync(new CreateQueueRequest("q.fifo")
            {
                Attributes = new() { ["FifoQueue"] = "true" },
                Tags = new() { ["a"] = "b" },
            }),
            "GetQueueAttributes" => sqs.GetQueueAttributesAsync(Queue, ["All"]),
            "StartMessageMoveTask" => sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest
            {
                SourceArn = "arn:aws:sqs:us-west-1:1:dlq",
                MaxNumberOfMessagesPerSecond = 5,
            }),
            _ => throw new InvalidOperationException(operation),
        });

        var (headers, body) = Assert.Single(server.Requests);
        Assert.Equal("AmazonSQS." + operation, headers["X-Amz-Target"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(body)), body);
    }

    [Fact]
    public async Task Operations_on_dead_letters_read_their_answers()
    {
        await using var server = await StubServer.AnsweringAsync("""
            {"queueUrls":["http://x/1/q"],"NextToken":"next","TaskHandle":"task","ApproximateNumberOfMessagesMoved":3,
             "Results":[{"TaskHandle":"task","Status":"RUNNING","ApproximateNumberOfMessagesMoved":1,"StartedTimestamp":1700000000000}]}
            """);
        using var sqs = SqsClients.For(server.Url);

        var sources = await sqs.ListDeadLetterSourceQueuesAsync(new ListDeadLetterSourceQueuesRequest { QueueUrl = Queue });
        Assert.Equal(["http://x/1/q"], sources.QueueUrls);
        Assert.Equal("next", sources.NextToken);
        Assert.Equal("task", (await sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = "a" })).TaskHandle);
        var task = Assert.Single((await sqs.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = "a" })).Results);
        Assert.Equal(("RUNNING", 1, 1700000000000), (task.Status, task.ApproximateNumberOfMessagesMoved, task.StartedTimestamp));
        var cancelled = await sqs.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = "task" });
        Assert.Equal(3, cancelled.ApproximateNumberOfMessagesMoved);
    }

    [Fact]
    public async Task Collections_that_the_answer_lacks_are_null_and_those_it_has_empty_are_empty()
    {
        await using var server = await StubServer.StartAsync((context, number) =>
            StubServer.WriteAsync(context, 200, number == 1 ? "{}" : """{"Messages":[],"Unknown":{"a":[1]}}"""));
        using var sqs = SqsClients.For(server.Url);

        var first = await sqs.ReceiveMessageAsync(Queue);
        Assert.Null(first.Messages);
        Assert.Equal("request-1", first.ResponseMetadata.RequestId);
        Assert.Empty((await sqs.ReceiveMessageAsync(Queue)).Messages);
    }

    [Fact]
    public async Task An_empty_list_is_sent_and_a_missing_one_is_not()
    {
        await using var server = await StubServer.AnsweringAsync("{}");
        using var sqs = SqsClients.For(server.Url);

        await sqs.SendMessageBatchAsync(Queue, []);
        await sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = Queue });

        Assert.Equal([true, false], server.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.TryGetProperty("Entries", out _)));
    }
}
