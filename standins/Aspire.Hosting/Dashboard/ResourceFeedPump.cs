using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Carries every state that is published of a resource into the feed of the dashboard.</summary>
internal sealed partial class ResourceFeedPump(
    ResourceNotificationService notifications, ResourceFeed feed, TimeProvider time, ILogger<ResourceFeedPump> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var startedAt = time.GetUtcNow().UtcDateTime;
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
                Publish(change, startedAt);
        }
        catch (OperationCanceledException)
        {
            // The application ends, or has been disposed of without being stopped.
        }
    }

    private void Publish(ResourceEvent change, DateTime startedAt)
    {
        try
        {
            feed.Publish(ResourceMessages.From(change.ResourceId, change.Resource.Name, startedAt, change.Snapshot));
        }
        catch (Exception exception)
        {
            // One resource that cannot be shown leaves the others on the page.
            LogNotShown(exception, change.ResourceId);
        }
    }

    [LoggerMessage(LogLevel.Error, "The dashboard cannot show the state of {ResourceId}")]
    private partial void LogNotShown(Exception exception, string resourceId);
}
