using System.Diagnostics;
using Amazon.SQS.Model;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>
/// Brings what a topic tells into the box, for as long as it is let; an AWS that is away for a while, or starts anew, is waited for.
/// </summary>
/// <param name="resolve">From the planned ARN of the topic to the real one.</param>
/// <param name="arrived">Told of each that is new.</param>
/// <param name="failed">Told why nothing can be had, once until something can.</param>
internal sealed class InboxPoller(
    AwsClients clients,
    Func<string, CancellationToken, ValueTask<string>> resolve,
    NotificationBox box,
    TimeProvider time,
    ActivitySource spans,
    Func<Notification, Task> arrived,
    Action<string, Exception> failed)
{
    private const int MostAtOnce = 10;
    private const int LongPollSeconds = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="topicArn">As planned.</param>
    public async Task RunAsync(string topicArn, CancellationToken stopping)
    {
        var topic = PlannedTopic.NameIn(topicArn);
        string? queue = null;
        var isTold = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                queue ??= (await InboxQueue.EnsureAsync(clients.Sqs, clients.Sns, await resolve(topicArn, stopping), stopping)).Url;
                await DrainAsync(queue, topic, stopping);
                isTold = false;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // What is gone is looked for, and made, again.
                queue = null;
                if (!isTold)
                    failed(topic, exception);
                isTold = true;
                await Task.Delay(Pause, time, stopping);
            }
        }
    }

    /// <summary>Deleted after it was kept: what is lost on the way comes again, and is known then.</summary>
    private async Task DrainAsync(string queue, string topic, CancellationToken stopping)
    {
        var request = new ReceiveMessageRequest(queue) { MaxNumberOfMessages = MostAtOnce, WaitTimeSeconds = LongPollSeconds };
        var received = await clients.Sqs.ReceiveMessageAsync(request, stopping);
        foreach (var message in received.Messages ?? [])
        {
            var (notification, trace) = SnsEnvelope.Read(message.Body, topic, message.MessageId, time.GetUtcNow());
            using (Process(queue, message.MessageId, trace))
            {
                if (box.Add(notification))
                    await arrived(notification);
            }

            await clients.Sqs.DeleteMessageAsync(queue, message.ReceiptHandle, stopping);
        }
    }

    /// <summary>The end of the trace of what was published; the polling around it is in none.</summary>
    private Activity? Process(string queueUrl, string messageId, ActivityContext trace)
    {
        var queue = queueUrl[(queueUrl.LastIndexOf('/') + 1)..];
        return spans.StartActivity($"process {queue}", ActivityKind.Consumer, trace)
            ?.SetTag("messaging.system", "aws_sqs")
            .SetTag("messaging.operation.name", "process")
            .SetTag("messaging.operation.type", "process")
            // What the two were one of before; the dashboard's summary of a span still reads it.
            .SetTag("messaging.operation", "process")
            .SetTag("messaging.destination.name", queue)
            .SetTag("messaging.message.id", messageId);
    }
}
