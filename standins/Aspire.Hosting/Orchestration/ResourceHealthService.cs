using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Checks the health of what runs, and raises the ready event the first time that it is good.</summary>
internal sealed partial class ResourceHealthService(
    ResourceNotificationService notifications, HealthCheckService checks, IDistributedApplicationEventing eventing, ResourceLoggerService loggers,
    IServiceProvider services, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestUnhealthyInterval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var monitors = new Dictionary<string, CancellationTokenSource>(StringComparer.OrdinalIgnoreCase);
        var running = new List<Task>();
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken).ConfigureAwait(false))
            {
                var isRunning = change.Snapshot.State?.Text == KnownResourceStates.Running;
                if (isRunning && !monitors.ContainsKey(change.ResourceId))
                {
                    var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    monitors[change.ResourceId] = stopping;
                    running.RemoveAll(task => task.IsCompleted);
                    running.Add(MonitorAsync(change.Resource, change.ResourceId, stopping.Token));
                }
                else if (!isRunning && monitors.Remove(change.ResourceId, out var stopping))
                {
                    await stopping.CancelAsync().ConfigureAwait(false);
                    stopping.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
        await Task.WhenAll(running).ConfigureAwait(false);
        foreach (var monitor in monitors.Values)
            monitor.Dispose();
    }

    private async Task MonitorAsync(IResource resource, string id, CancellationToken ct)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet();
        var wait = TimeSpan.FromMilliseconds(100);
        var ready = false;
        try
        {
            while (true)
            {
                var status = keys.Count == 0 ? HealthStatus.Healthy : await CheckAsync(resource, id, keys, ct).ConfigureAwait(false);
                if (!ready && status == HealthStatus.Healthy)
                {
                    ready = true;
                    await RaiseReadyAsync(resource, id, ct).ConfigureAwait(false);
                }
                if (keys.Count == 0)
                    return;
                wait = status == HealthStatus.Healthy ? HealthyInterval : Shorter(wait * 1.5, LongestUnhealthyInterval);
                using var timer = new PeriodicTimer(wait, time);
                await timer.WaitForNextTickAsync(ct).ConfigureAwait(false);
                if (status == HealthStatus.Healthy)
                    wait = TimeSpan.FromMilliseconds(100);
            }
        }
        catch (OperationCanceledException)
        {
            // It runs no longer.
        }
    }

    private async Task<HealthStatus> CheckAsync(IResource resource, string id, HashSet<string> keys, CancellationToken ct)
    {
        var report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), ct).ConfigureAwait(false);
        var now = time.GetUtcNow().UtcDateTime;
        var reports = report.Entries
            .Select(entry => new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString())
                { LastRunAt = now })
            .ToImmutableArray();
        await notifications.PublishUpdateAsync(resource, id, state => ct.IsCancellationRequested ? state : state with { HealthReports = reports })
            .ConfigureAwait(false);
        return report.Status;
    }

    /// <summary>Replicas share one event, that of the first, because its handlers prepare the resource and not a process of it.</summary>
    private async Task RaiseReadyAsync(IResource resource, string id, CancellationToken ct)
    {
        var isFirst = resource.GetResolvedResourceNames()[0] == id;
        var handled = isFirst ? HandleAsync() : Task.CompletedTask;
        await notifications.PublishUpdateAsync(resource, id,
            state => ct.IsCancellationRequested ? state : state with { ResourceReadyEvent = new EventSnapshot(handled) })
            .ConfigureAwait(false);

        async Task HandleAsync()
        {
            // A handler of its own pace must not hold up the health checks, nor run before the state is published.
            await Task.Yield();
            try
            {
                await eventing.PublishAsync(new ResourceReadyEvent(resource, services), ct).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogHandlerFailed(loggers.GetLogger(id), exception);
                throw;
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    [LoggerMessage(LogLevel.Error, "A handler of the ready event failed.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception);
}
