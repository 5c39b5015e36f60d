using System.Text.Json.Nodes;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;
using Standins.Tests.Sqs;
using Tag = Amazon.SimpleNotificationService.Model.Tag;

namespace Standins.Tests.Sns;

/// <summary>Against the emulator that embedded mode runs.</summary>
public sealed class TopicTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    [Fact]
    public async Task A_topic_is_made_once_with_its_attributes()
    {
        using var sns = SnsClients.For(fauxqs.Url);
        var request = new CreateTopicRequest("alerts")
        {
            Attributes = new() { ["DisplayName"] = "Quiz alerts" },
            Tags = [new Tag { Key = "project", Value = "quiz" }],
        };

        var arn = (await sns.CreateTopicAsync(request)).TopicArn;

        Assert.EndsWith(":alerts", arn, StringComparison.Ordinal);
        Assert.Equal(arn, (await sns.CreateTopicAsync(request)).TopicArn);
        Assert.Equal("Quiz alerts", (await sns.GetTopicAttributesAsync(arn)).Attributes["DisplayName"]);
        await sns.SetTopicAttributesAsync(arn, "DisplayName", "Others");
        await sns.TagResourceAsync(new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "a", Value = "b" }] });
        Assert.Equal("Others", (await sns.GetTopicAttributesAsync(arn)).Attributes["DisplayName"]);
    }

    [Fact]
    public async Task What_is_published_reaches_a_subscribed_queue()
    {
        using var sns = SnsClients.For(fauxqs.Url);
        using var sqs = fauxqs.CreateClient();
        var topic = (await sns.CreateTopicAsync("completed")).TopicArn;
        var queue = (await sqs.CreateQueueAsync("completed")).QueueUrl;
        var queueArn = (await sqs.GetQueueAttributesAsync(queue, ["QueueArn"])).Attributes["QueueArn"];

        var subscription = (await sns.SubscribeAsync(topic, "sqs", queueArn)).SubscriptionArn;
        var published = await sns.PublishAsync(new PublishRequest(topic, "é <&> +", "subject")
        {
            MessageAttributes = new() { ["kind"] = new() { DataType = "String", StringValue = "statistics" } },
        });

        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { WaitTimeSeconds = 10 });
        var body = JsonNode.Parse(Assert.Single(received.Messages).Body)!;
        Assert.Equal((published.MessageId, "é <&> +", "subject"), ((string?)body["MessageId"], (string?)body["Message"], (string?)body["Subject"]));
        Assert.Equal("statistics", (string?)body["MessageAttributes"]!["kind"]!["Value"]);
        Assert.Equal((subscription, queueArn), (await sns.ListSubscriptionsByTopicAsync(topic)).Subscriptions
            .Select(each => (each.SubscriptionArn, each.Endpoint)).Single());
    }

    [Fact]
    public async Task A_batch_reaches_a_subscribed_queue_message_by_message()
    {
        using var sns = SnsClients.For(fauxqs.Url);
        using var sqs = fauxqs.CreateClient();
        var topic = (await sns.CreateTopicAsync("batches")).TopicArn;
        var queue = (await sqs.CreateQueueAsync("batches")).QueueUrl;
        await sns.SubscribeAsync(topic, "sqs", (await sqs.GetQueueAttributesAsync(queue, ["QueueArn"])).Attributes["QueueArn"]);

        var answer = await sns.PublishBatchAsync(new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = [new() { Id = "a", Message = "one", Subject = "first" }, new() { Id = "b", Message = "two", Subject = "second" }],
        });

        Assert.Equal(["a", "b"], answer.Successful.Select(entry => entry.Id));
        Assert.Empty(answer.Failed ?? []);
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(queue) { WaitTimeSeconds = 10, MaxNumberOfMessages = 10 });
        Assert.Equal(["first: one", "second: two"], received.Messages
            .Select(message => JsonNode.Parse(message.Body)!).Select(body => $"{body["Subject"]}: {body["Message"]}").Order());
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_named_so()
    {
        using var sns = SnsClients.For(fauxqs.Url);

        var error = await Assert.ThrowsAsync<NotFoundException>(() => sns.PublishAsync("arn:aws:sns:us-east-1:000000000000:missing", "m"));

        Assert.NotEmpty(error.Message);
    }
}
