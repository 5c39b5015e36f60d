using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Inbox;

/// <summary>Drains the inbox's queues for as long as the application runs, from when its stack is there.</summary>
internal sealed partial class InboxService(
    InboxResource inbox,
    NotificationBox box,
    IAwsBackend aws,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    HostTelemetry telemetry,
    TimeProvider time) : BackgroundService
{
    private readonly ILogger _logger = telemetry.Of(inbox.Name).Both(loggers.GetLogger(inbox));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await notifications.WaitForResourceHealthyAsync(aws.Stack.Name, WaitBehavior.WaitOnResourceUnavailable, stoppingToken);
            await notifications.PublishUpdateAsync(inbox, state => state with
            {
                State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
                StartTimeStamp = time.GetUtcNow().UtcDateTime,
                Urls = [new UrlSnapshot("notifications", inbox.Url, IsInternal: false)],
            });
            var poller = new InboxPoller(
                aws.Clients, aws.ResolveAsync, box, time, telemetry.Of(inbox.Name).Spans, ArrivedAsync, (topic, exception) => Unreachable(_logger, topic, exception.Message));
            await Task.WhenAll(inbox.TopicArns.Select(topic => poller.RunAsync(topic, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private Task ArrivedAsync(Notification notification)
    {
        Arrived(_logger, notification.Topic, notification.Subject ?? "(no subject)");
        return notifications.PublishUpdateAsync(inbox, state => state with { Properties = InboxResource.Properties(box.Arrived, notification) });
    }

    [LoggerMessage(LogLevel.Information, "{Topic}: {Subject}")]
    private static partial void Arrived(ILogger logger, string topic, string subject);

    [LoggerMessage(LogLevel.Warning, "What {Topic} tells cannot be had for now: {Reason}")]
    private static partial void Unreachable(ILogger logger, string topic, string reason);
}
