using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Publishes what DCP says about the processes as states and logs of their resources.</summary>
internal sealed partial class ProcessWatcher(
    DcpServer dcp, ProcessInstances instances, ResourceNotificationService notifications, ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing, IServiceProvider services, TimeProvider time, ILogger<ProcessWatcher> logger)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await Task.WhenAll([WatchAsync(ct), .. instances.All.Select(instance => HandleAsync(instance, ct))]).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        using var retry = new PeriodicTimer(RetryInterval, time);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in dcp.Client.WatchExecutablesAsync(ct).ConfigureAwait(false))
                {
                    if (change.Type != "DELETED" && instances.TryGet(change.Object!.Metadata.Name, out var instance))
                        instance.Changes.Writer.TryWrite(change.Object);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or DistributedApplicationException)
            {
                LogWatchEnded(exception);
            }
            await retry.WaitForNextTickAsync(ct).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(ProcessInstance instance, CancellationToken ct)
    {
        try
        {
            await foreach (var executable in instance.Changes.Reader.ReadAllAsync(ct).ConfigureAwait(false))
            {
                if (executable.Metadata.Uid != instance.DiscardedUid)
                    await HandleAsync(instance, executable, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            if (instance.Log is { } log)
                await log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(ProcessInstance instance, Executable executable, CancellationToken ct)
    {
        var state = executable.Status?.State;
        if (string.IsNullOrEmpty(state))
            return;

        await CopyLogAsync(instance, executable, state, ct).ConfigureAwait(false);
        var hadEnded = notifications.TryGetCurrentState(instance.Name, out var before) && KnownResourceStates.IsTerminal(before.Snapshot.State?.Text);
        await notifications.PublishUpdateAsync(instance.Resource, instance.Name,
            snapshot => ProcessSnapshot.Apply(snapshot, instance, executable)).ConfigureAwait(false);

        if (!hadEnded && ExecutableState.HasEnded(state) && notifications.TryGetCurrentState(instance.Name, out var after))
            await eventing.PublishAsync(new ResourceStoppedEvent(instance.Resource, services, after), EventDispatchBehavior.NonBlockingConcurrent, ct)
                .ConfigureAwait(false);
    }

    /// <summary>The log comes before the state, so that who waits for the end of a process then finds all that it wrote.</summary>
    private async Task CopyLogAsync(ProcessInstance instance, Executable executable, string state, CancellationToken ct)
    {
        if (instance.FollowedUid != executable.Metadata.Uid)
        {
            if (instance.Log is { } old)
                await old.DisposeAsync().ConfigureAwait(false);
            instance.FollowedUid = executable.Metadata.Uid;
            instance.Log = new ExecutableLog(dcp.Client, loggers, instance.Name);
            if (state == ExecutableState.FailedToStart)
                await instance.Log.CopySystemLogAsync(ct).ConfigureAwait(false);
            else
                instance.Log.Follow();
        }
        if (ExecutableState.HasEnded(state) && instance.Log is { } log)
        {
            await log.CompleteAsync(ct).ConfigureAwait(false);
            await log.DisposeAsync().ConfigureAwait(false);
            instance.Log = null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "The watch on DCP's processes ended.")]
    private partial void LogWatchEnded(Exception exception);
}
