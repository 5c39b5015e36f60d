using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Standins.Tests.Sqs;

public sealed class QueueOperationsTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>, IDisposable
{
    private readonly AmazonSQSClient _sqs = fauxqs.CreateClient();

    public void Dispose() => _sqs.Dispose();

    [Fact]
    public async Task A_queue_is_created_found_changed_tagged_purged_and_deleted()
    {
        var created = await _sqs.CreateQueueAsync(new CreateQueueRequest("life.fifo")
        {
            Attributes = new() { [QueueAttributeName.FifoQueue] = "true", [QueueAttributeName.VisibilityTimeout] = "70" },
            Tags = new() { ["project"] = "quiz" },
        });
        Assert.Equal(HttpStatusCode.OK, created.HttpStatusCode);
        Assert.EndsWith("/life.fifo", created.QueueUrl, StringComparison.Ordinal);

        Assert.Equal(created.QueueUrl, (await _sqs.GetQueueUrlAsync("life.fifo")).QueueUrl);
        Assert.Equal([created.QueueUrl], (await _sqs.ListQueuesAsync("life")).QueueUrls);

        await _sqs.SetQueueAttributesAsync(created.QueueUrl, new() { [QueueAttributeName.VisibilityTimeout] = "71" });
        var attributes = (await _sqs.GetQueueAttributesAsync(created.QueueUrl, [QueueAttributeName.All])).Attributes;
        Assert.Equal("71", attributes[QueueAttributeName.VisibilityTimeout]);
        Assert.EndsWith(":life.fifo", attributes[QueueAttributeName.QueueArn], StringComparison.Ordinal);

        await _sqs.TagQueueAsync(new TagQueueRequest { QueueUrl = created.QueueUrl, Tags = new() { ["level"] = "test" } });
        await _sqs.SendMessageAsync(new SendMessageRequest(created.QueueUrl, "x") { MessageGroupId = "g", MessageDeduplicationId = "1" });
        await _sqs.PurgeQueueAsync(created.QueueUrl);
        attributes = (await _sqs.GetQueueAttributesAsync(created.QueueUrl, [QueueAttributeName.ApproximateNumberOfMessages])).Attributes;
        Assert.Equal("0", attributes[QueueAttributeName.ApproximateNumberOfMessages]);

        Assert.Equal(HttpStatusCode.OK, (await _sqs.DeleteQueueAsync(created.QueueUrl)).HttpStatusCode);
        var gone = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => _sqs.GetQueueUrlAsync("life.fifo"));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", gone.ErrorCode);
        Assert.Equal(ErrorType.Sender, gone.ErrorType);
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
    }

    [Fact]
    public async Task A_queue_of_that_name_with_other_attributes_is_refused()
    {
        await _sqs.CreateQueueAsync(new CreateQueueRequest("taken") { Attributes = new() { [QueueAttributeName.DelaySeconds] = "1" } });

        await Assert.ThrowsAsync<QueueNameExistsException>(() =>
            _sqs.CreateQueueAsync(new CreateQueueRequest("taken") { Attributes = new() { [QueueAttributeName.DelaySeconds] = "2" } }));
    }

    [Fact]
    public async Task The_host_of_a_queue_url_is_not_where_requests_go()
    {
        var url = (await _sqs.CreateQueueAsync("elsewhere")).QueueUrl;
        var unreachable = new UriBuilder(url) { Host = "sqs.us-west-1.unreachable.invalid" }.Uri.ToString();

        await _sqs.SendMessageAsync(unreachable, "x");

        Assert.Equal("x", Assert.Single((await _sqs.ReceiveMessageAsync(unreachable)).Messages).Body);
    }
}
