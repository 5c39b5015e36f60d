using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

public sealed class MessageIntegrityTests
{
    private const string Queue = "http://127.0.0.1:1/123456789012/q.fifo";

    // md5("x"), and md5 of something else.
    private const string Right = "9dd4e461268c8034f5c8564e155c67a6";
    private const string Wrong = "900150983cd24fb0d6963f7d28e17f72";

    [Fact]
    public async Task A_sent_body_of_another_digest_is_an_error_and_is_not_sent_again() =>
        await FailsAsync($$"""{"MessageId":"m","MD5OfMessageBody":"{{Wrong}}"}""", "MD5 hash mismatch", sqs => sqs.SendMessageAsync(Queue, "x"));

    [Fact]
    public async Task Sent_attributes_of_another_digest_are_an_error() =>
        await FailsAsync($$"""{"MessageId":"m","MD5OfMessageBody":"{{Right}}","MD5OfMessageAttributes":"{{Wrong}}"}""", "Attribute MD5 hash mismatch",
            sqs => sqs.SendMessageAsync(
                new SendMessageRequest(Queue, "x") { MessageAttributes = new() { ["a"] = new() { DataType = "String", StringValue = "v" } } }));

    [Fact]
    public async Task A_batch_entry_of_another_digest_is_an_error_that_names_the_message() =>
        await FailsAsync($$"""{"Successful":[{"Id":"1","MessageId":"m1","MD5OfMessageBody":"{{Right}}"},{"Id":"2","MessageId":"m2","MD5OfMessageBody":"{{Wrong}}"}]}""",
            "MD5 hash mismatch for message id m2", sqs => sqs.SendMessageBatchAsync(Queue, [new("1", "x"), new("2", "x")]));

    [Fact]
    public async Task A_received_body_of_another_digest_is_an_error_that_names_the_message() =>
        await FailsAsync($$"""{"Messages":[{"MessageId":"m1","Body":"x","MD5OfBody":"{{Wrong}}"}]}""",
            "MD5 hash mismatch for message id m1", sqs => sqs.ReceiveMessageAsync(Queue));

    [Fact]
    public async Task A_received_attribute_of_another_digest_is_an_error() =>
        await FailsAsync($$$"""{"Messages":[{"MessageId":"m1","Body":"x","MD5OfBody":"{{{Right}}}","MD5OfMessageAttributes":"{{{Wrong}}}","MessageAttributes":{"a":{"DataType":"String","StringValue":"v"} } }]}""",
            "Attribute MD5 hash mismatch for message id m1", sqs => sqs.ReceiveMessageAsync(Queue));

    [Fact]
    public async Task Digests_that_agree_pass_in_any_case()
    {
        await using var server = await StubServer.AnsweringAsync($$"""{"MessageId":"m","MD5OfMessageBody":"{{Right.ToUpperInvariant()}}"}""");
        using var sqs = SqsClients.For(server.Url);

        Assert.Equal("m", (await sqs.SendMessageAsync(Queue, "x")).MessageId);
    }

    private static async Task FailsAsync(string answer, string message, Func<AmazonSQSClient, Task> call)
    {
        await using var server = await StubServer.AnsweringAsync(answer);
        using var sqs = SqsClients.For(server.Url);

        Assert.Equal(message, (await Assert.ThrowsAsync<AmazonSQSException>(() => call(sqs))).Message);
        Assert.Single(server.Requests);
    }
}
