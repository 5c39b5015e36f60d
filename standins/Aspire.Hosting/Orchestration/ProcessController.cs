using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts and stops processes, when the application starts and by command.</summary>
internal sealed partial class ProcessController(
    DcpServer dcp, ProcessInstances instances, ExecutableFactory factory, EndpointAllocator endpoints, ResourceUrls urls,
    ResourceNotificationService notifications, ResourceLoggerService loggers, IDistributedApplicationEventing eventing,
    IServiceProvider services, TimeProvider time)
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Starts all instances of a resource; what goes wrong is the resource's state, not an exception.</summary>
    public async Task StartResourceAsync(IResource resource, CancellationToken ct)
    {
        var all = instances.Of(resource);
        try
        {
            await PrepareAsync(resource, [.. all.Select(instance => instance.Name)], ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            foreach (var instance in all)
                await FailAsync(instance, exception).ConfigureAwait(false);
            return;
        }
        await Task.WhenAll(all.Select(instance => CreateAsync(instance, ct))).ConfigureAwait(false);
    }

    public async Task StartAsync(ProcessInstance instance, CancellationToken ct)
    {
        // Who starts a waiting resource by hand does not want it to wait any longer.
        if (StateOf(instance) == KnownResourceStates.Waiting)
        {
            await PublishAsync(instance, KnownResourceStates.Starting).ConfigureAwait(false);
            return;
        }

        await instance.Gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (StateOf(instance) is var state && !KnownResourceStates.IsTerminal(state) && state != KnownResourceStates.NotStarted)
                throw new DistributedApplicationException($"Resource '{instance.Name}' cannot be started while it is '{state}'.");
            await DiscardAsync(instance, ct).ConfigureAwait(false);
            try
            {
                await PrepareAsync(instance.Resource, [instance.Name], ct).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await FailAsync(instance, exception).ConfigureAwait(false);
                throw;
            }
            await CreateAsync(instance, ct).ConfigureAwait(false);
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    /// <summary>Returns when the process has ended.</summary>
    public async Task StopAsync(ProcessInstance instance, CancellationToken ct)
    {
        await instance.Gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (StateOf(instance) is var state && (KnownResourceStates.IsTerminal(state) || state == KnownResourceStates.NotStarted))
                return;
            await dcp.Client.StopExecutableAsync(instance.Name, ct).ConfigureAwait(false);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(StopTimeout);
            // Not by WaitForResourceAsync, which ends when the application begins to stop: that is when this is needed.
            await foreach (var change in notifications.WatchAsync(timeout.Token).ConfigureAwait(false))
            {
                if (change.ResourceId == instance.Name && KnownResourceStates.IsTerminal(change.Snapshot.State?.Text))
                    break;
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"Resource '{instance.Name}' has not stopped within {StopTimeout.TotalSeconds:0} s.");
        }
        finally
        {
            instance.Gate.Release();
        }
    }

    public async Task RestartAsync(ProcessInstance instance, CancellationToken ct)
    {
        await StopAsync(instance, ct).ConfigureAwait(false);
        await StartAsync(instance, ct).ConfigureAwait(false);
    }

    /// <summary>Everything before the process itself: waiting, the endpoints that could not be allocated before, and the event.</summary>
    private async Task PrepareAsync(IResource resource, IReadOnlyList<string> names, CancellationToken ct)
    {
        foreach (var name in names)
            await notifications.PublishUpdateAsync(resource, name, state => state with
            {
                State = KnownResourceStates.Starting,
                ExitCode = null,
                StartTimeStamp = null,
                StopTimeStamp = null,
            }).ConfigureAwait(false);
        await WaitAsync(resource, names, ct).ConfigureAwait(false);
        await endpoints.AllocateAsync(resource, ct).ConfigureAwait(false);
        await urls.PublishAsync(resource, ct).ConfigureAwait(false);
        await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), ct).ConfigureAwait(false);
    }

    /// <summary>Waits for the dependencies, or until somebody has the resource started regardless.</summary>
    private async Task WaitAsync(IResource resource, IReadOnlyList<string> names, CancellationToken ct)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var dependencies = notifications.WaitForDependenciesAsync(resource, done.Token);
        if (dependencies.IsCompletedSuccessfully)
            return;
        var startedByHand = notifications.WaitForResourceAsync(
            names[0], change => change.Snapshot.State?.Text != KnownResourceStates.Waiting, done.Token);
        try
        {
            await (await Task.WhenAny(dependencies, startedByHand).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(dependencies, startedByHand).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        foreach (var name in names)
            await notifications.PublishUpdateAsync(resource, name, state => state with { State = KnownResourceStates.Starting })
                .ConfigureAwait(false);
    }

    private async Task CreateAsync(ProcessInstance instance, CancellationToken ct)
    {
        try
        {
            var executable = await factory.CreateAsync(instance, ct).ConfigureAwait(false);
            await dcp.Client.CreateAsync(executable, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            await FailAsync(instance, exception).ConfigureAwait(false);
        }
    }

    /// <summary>Removes what is left of the last start, so that its name is free for the next one.</summary>
    private async Task DiscardAsync(ProcessInstance instance, CancellationToken ct)
    {
        if (await dcp.Client.GetExecutableAsync(instance.Name, ct).ConfigureAwait(false) is not { } old)
            return;
        instance.DiscardedUid = old.Metadata.Uid;
        await dcp.Client.DeleteExecutableAsync(instance.Name, ct).ConfigureAwait(false);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), time);
        while (await dcp.Client.GetExecutableAsync(instance.Name, ct).ConfigureAwait(false) is not null)
            await tick.WaitForNextTickAsync(ct).ConfigureAwait(false);
    }

    private async Task FailAsync(ProcessInstance instance, Exception exception)
    {
        LogFailedToStart(loggers.GetLogger(instance.Name), exception.Message, exception is DistributedApplicationException ? null : exception);
        var now = time.GetUtcNow().UtcDateTime;
        await notifications.PublishUpdateAsync(instance.Resource, instance.Name, state => state with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = now,
        }).ConfigureAwait(false);
    }

    private Task PublishAsync(ProcessInstance instance, string state)
        => notifications.PublishUpdateAsync(instance.Resource, instance.Name, snapshot => snapshot with { State = state });

    private string? StateOf(ProcessInstance instance)
        => notifications.TryGetCurrentState(instance.Name, out var current) ? current.Snapshot.State?.Text : null;

    [LoggerMessage(LogLevel.Error, "Failed to start: {Reason}")]
    private static partial void LogFailedToStart(ILogger logger, string reason, Exception? exception);
}
