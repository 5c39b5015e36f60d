using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings the model to life when the application starts, and ends it when it stops.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model, DcpServer dcp, ProcessInstances instances, ProcessController controller, ProcessWatcher watcher,
    EndpointAllocator endpoints, ResourceUrls urls, ResourceNotificationService notifications, ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing, IOptions<HealthCheckServiceOptions> healthChecks, IServiceProvider services, TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan OrderlyStop = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    /// <summary>Returns when every resource has been started, so after the last of them has waited for what it waits for.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var ct = linked.Token;
        EnsureHealthChecksExist();
        instances.Add(model);
        await PublishInitialStatesAsync().ConfigureAwait(false);
        if (instances.All.Any())
        {
            await dcp.StartAsync(ct).ConfigureAwait(false);
            _watching = watcher.RunAsync(_stopping.Token);
        }

        await AllocateEndpointsAsync(ct).ConfigureAwait(false);
        foreach (var resource in model.Resources.Where(resource => !ProcessInstances.IsProcess(resource)))
            await urls.PublishAsync(resource, ct).ConfigureAwait(false);
        foreach (var resource in model.Resources.ToList())
            await eventing.PublishAsync(new InitializeResourceEvent(resource, eventing, loggers, notifications, services),
                EventDispatchBehavior.NonBlockingConcurrent, ct).ConfigureAwait(false);

        var starting = model.Resources
            .Where(resource => ProcessInstances.IsProcess(resource) && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>());
        await Task.WhenAll(starting.ToList().Select(resource => controller.StartResourceAsync(resource, ct))).ConfigureAwait(false);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), ct).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StopInOrderAsync(cancellationToken).ConfigureAwait(false);
        await dcp.StopAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
    }

    /// <summary>What has not ended in order by then ends with the rest.</summary>
    private async Task StopInOrderAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(OrderlyStop);
        try
        {
            foreach (var wave in StopOrder.WavesOf(model.Resources))
                await Task.WhenAll(wave.Where(ProcessInstances.IsProcess).SelectMany(instances.Of).Where(IsRunning)
                    .Select(instance => controller.StopAsync(instance, patience.Token))).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or DistributedApplicationException or HttpRequestException or InvalidOperationException)
        {
            // DCP's own end is the stronger one.
        }
    }

    private bool IsRunning(ProcessInstance instance)
        => notifications.TryGetCurrentState(instance.Name, out var change) && change.Snapshot.State?.Text == KnownResourceStates.Running;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await dcp.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task PublishInitialStatesAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var resource in model.Resources.ToList())
        {
            var isProcess = ProcessInstances.IsProcess(resource);
            if (isProcess)
                LifecycleCommands.Add(resource);
            await notifications.PublishUpdateAsync(resource, state => InitialSnapshot.WithParent(resource, isProcess
                ? ProcessSnapshot.Initial(state, resource, now)
                : state with { CreationTimeStamp = state.CreationTimeStamp ?? now })).ConfigureAwait(false);
        }
    }

    /// <summary>A failure, such as a taken port, is told when the resource starts, in its own log, and holds up no other resource.</summary>
    private async Task AllocateEndpointsAsync(CancellationToken ct)
    {
        await Task.WhenAll(model.Resources.Where(ProcessInstances.IsProcess).ToList().Select(async resource =>
        {
            try
            {
                await endpoints.AllocateAsync(resource, ct).ConfigureAwait(false);
            }
            catch (DistributedApplicationException)
            {
                return;
            }
            await urls.PublishAsync(resource, ct).ConfigureAwait(false);
            if (resource.HasAnnotationOfType<EndpointAnnotation>())
                await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), ct).ConfigureAwait(false);
        })).ConfigureAwait(false);
    }

    private void EnsureHealthChecksExist()
    {
        var registered = healthChecks.Value.Registrations.Select(registration => registration.Name).ToHashSet();
        foreach (var resource in model.Resources)
        {
            var missing = resource.Annotations.OfType<HealthCheckAnnotation>().FirstOrDefault(check => !registered.Contains(check.Key));
            if (missing is not null)
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}' names the health check '{missing.Key}', which is not registered.");
        }
    }
}
