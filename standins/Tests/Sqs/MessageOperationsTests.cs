using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

public sealed class MessageOperationsTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>, IDisposable
{
    private readonly AmazonSQSClient _sqs = fauxqs.CreateClient();

    public void Dispose() => _sqs.Dispose();

    [Fact]
    public async Task A_message_arrives_with_its_attributes_and_is_gone_once_deleted()
    {
        var url = await CreateQueueAsync();
        var sent = await _sqs.SendMessageAsync(new SendMessageRequest(url, "réponse \u2713 \"quoted\"")
        {
            MessageAttributes = new()
            {
                ["traceparent"] = new() { DataType = "String", StringValue = "00-é" },
                ["attempt"] = new() { DataType = "Number", StringValue = "1" },
                ["raw"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0, 255, 10]) },
            },
            MessageSystemAttributes = new()
            {
                ["AWSTraceHeader"] = new() { DataType = "String", StringValue = "Root=1-5759e988-bd862e3fe1be46a994272793" },
            },
        });

        var received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url)
        {
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = [MessageSystemAttributeName.All],
            WaitTimeSeconds = 1,
        });

        var message = Assert.Single(received.Messages);
        Assert.Equal(sent.MessageId, message.MessageId);
        Assert.Equal("réponse \u2713 \"quoted\"", message.Body);
        Assert.Equal("00-é", message.MessageAttributes["traceparent"].StringValue);
        Assert.Equal([0, 255, 10], message.MessageAttributes["raw"].BinaryValue.ToArray());
        Assert.Equal("1", message.Attributes[MessageSystemAttributeName.ApproximateReceiveCount]);
        Assert.NotNull(message.MD5OfMessageAttributes);

        await _sqs.DeleteMessageAsync(url, message.ReceiptHandle);
        Assert.Null((await _sqs.ReceiveMessageAsync(url)).Messages);
    }

    [Fact]
    public async Task A_fifo_batch_keeps_order_drops_duplicates_and_is_deleted_as_a_batch()
    {
        var url = await CreateQueueAsync(fifo: true);
        SendMessageBatchRequestEntry Entry(int number, string student, string deduplication) =>
            new($"e{number}", $"body {number}") { MessageGroupId = student, MessageDeduplicationId = deduplication };

        // Of one group this emulator gives one message per receive, where SQS may give more.
        var sent = await _sqs.SendMessageBatchAsync(url, [Entry(1, "ada", "a"), Entry(2, "bob", "b"), Entry(3, "ada", "a")]);
        Assert.Equal(3, sent.Successful.Count);
        Assert.All(sent.Successful, entry => Assert.False(string.IsNullOrEmpty(entry.SequenceNumber)));

        var received = await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url)
        {
            MaxNumberOfMessages = 10,
            MessageSystemAttributeNames = ["MessageGroupId"],
        });
        Assert.Equal(["body 1", "body 2"], received.Messages.Select(message => message.Body));
        Assert.Equal(["ada", "bob"], received.Messages.Select(message => message.Attributes["MessageGroupId"]));

        var entries = received.Messages.Select((message, i) => new DeleteMessageBatchRequestEntry($"d{i}", message.ReceiptHandle));
        var deleted = await _sqs.DeleteMessageBatchAsync(url, [.. entries]);
        Assert.Equal(["d0", "d1"], deleted.Successful.Select(entry => entry.Id).Order());
        Assert.True(deleted.Failed is null or []);
    }

    [Fact]
    public async Task A_message_given_back_is_received_again()
    {
        var url = await CreateQueueAsync();
        await _sqs.SendMessageBatchAsync(url, [new("1", "one"), new("2", "two")]);
        var first = (await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, VisibilityTimeout = 100 })).Messages;
        Assert.Equal(2, first.Count);

        await _sqs.ChangeMessageVisibilityAsync(url, first[0].ReceiptHandle, 0);
        Assert.Equal(first[0].MessageId, Assert.Single((await _sqs.ReceiveMessageAsync(url)).Messages).MessageId);

        var changed = await _sqs.ChangeMessageVisibilityBatchAsync(
            url, [new("x", first[1].ReceiptHandle) { VisibilityTimeout = 0 }, new("y", "no handle") { VisibilityTimeout = 0 }]);
        Assert.Equal("x", Assert.Single(changed.Successful).Id);
        var refused = Assert.Single(changed.Failed);
        Assert.Equal(("y", true), (refused.Id, refused.SenderFault));
        Assert.Equal(first[1].MessageId, Assert.Single((await _sqs.ReceiveMessageAsync(url)).Messages).MessageId);
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_first_message_or_with_its_time()
    {
        var url = await CreateQueueAsync();
        var started = Stopwatch.GetTimestamp();
        Assert.Null((await _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 1 })).Messages);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.9, 15);

        started = Stopwatch.GetTimestamp();
        var poll = _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 20 });
        await _sqs.SendMessageAsync(url, "awaited");
        Assert.Equal("awaited", Assert.Single((await poll).Messages).Body);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_cancelled_long_poll_ends_at_once()
    {
        var url = await CreateQueueAsync();
        using var cancellation = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();

        var poll = _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 20 }, cancellation.Token);
        await _sqs.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn]);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Batches_that_break_a_rule_are_refused_by_name()
    {
        var url = await CreateQueueAsync();

        await Assert.ThrowsAsync<EmptyBatchRequestException>(() => _sqs.SendMessageBatchAsync(url, []));
        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(() =>
            _sqs.SendMessageBatchAsync(url, [.. Enumerable.Range(0, 11).Select(i => new SendMessageBatchRequestEntry($"e{i}", "x"))]));
        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => _sqs.SendMessageBatchAsync(url, [new("same", "x"), new("same", "y")]));
        await Assert.ThrowsAsync<BatchRequestTooLongException>(() =>
            _sqs.SendMessageBatchAsync(url, [new("1", new string('x', 700_000)), new("2", new string('y', 700_000))]));
    }

    private async Task<string> CreateQueueAsync(bool fifo = false)
    {
        var name = Guid.NewGuid().ToString("N") + (fifo ? ".fifo" : "");
        return (await _sqs.CreateQueueAsync(new CreateQueueRequest(name) { Attributes = fifo ? new() { ["FifoQueue"] = "true" } : null })).QueueUrl;
    }
}
