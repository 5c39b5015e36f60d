using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Copies the logs of all resources into the application's own, where a test without a dashboard finds them.</summary>
internal sealed partial class ResourceLogForwarder(
    ResourceNotificationService notifications, ResourceLoggerService logs, ILoggerFactory loggers, IHostEnvironment environment) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forwarding = new Dictionary<string, Task>(StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                if (!forwarding.ContainsKey(change.ResourceId))
                    forwarding[change.ResourceId] = ForwardAsync(change.Resource, change.ResourceId, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
        await Task.WhenAll(forwarding.Values).ConfigureAwait(false);
    }

    private async Task ForwardAsync(IResource resource, string id, CancellationToken ct)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{resource.Name}");
        try
        {
            await foreach (var batch in logs.WatchAsync(id).WithCancellation(ct).ConfigureAwait(false))
            {
                foreach (var line in batch)
                    LogLine(logger, line.IsErrorMessage ? LogLevel.Error : LogLevel.Information, line.LineNumber, line.Content);
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    [LoggerMessage("{LineNumber}: {Content}")]
    private static partial void LogLine(ILogger logger, LogLevel level, int lineNumber, string content);
}
