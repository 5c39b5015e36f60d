using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>The queue that takes what a topic tells, where nobody delivers its mail.</summary>
internal static class InboxQueue
{
    private static readonly string[] MailProtocols = ["email", "email-json"];

    public static bool IsMail(string? protocol) => MailProtocols.Contains(protocol);

    /// <summary>Makes the queue and subscribes it to the topic, as far as that has not been done.</summary>
    /// <exception cref="NotFoundException">There is no such topic.</exception>
    public static async Task<(string Url, bool IsNew)> EnsureAsync(
        IAmazonSQS sqs, IAmazonSimpleNotificationService sns, string topicArn, CancellationToken cancellation)
    {
        var (url, isNew) = await FindOrCreateAsync(sqs, NameOf(topicArn), cancellation);
        var arn = (await sqs.GetQueueAttributesAsync(url, ["QueueArn"], cancellation)).Attributes["QueueArn"];
        // Subscribed once more, it stays the one subscription.
        await sns.SubscribeAsync(new SubscribeRequest(topicArn, "sqs", arn), cancellation);
        return (url, isNew);
    }

    public static string NameOf(string topicArn) => $"quiz-inbox-{PlannedTopic.NameIn(topicArn)}";

    private static async Task<(string Url, bool IsNew)> FindOrCreateAsync(IAmazonSQS sqs, string name, CancellationToken cancellation)
    {
        try
        {
            return ((await sqs.GetQueueUrlAsync(name, cancellation)).QueueUrl, false);
        }
        catch (QueueDoesNotExistException)
        {
            return ((await sqs.CreateQueueAsync(new CreateQueueRequest(name), cancellation)).QueueUrl, true);
        }
    }
}
