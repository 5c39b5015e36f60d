using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default)
        => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var targets = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(resourceName,
            change => change.Snapshot.State?.Text is { } state && targets.Contains(state), cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _applicationStopping);
        await foreach (var change in WatchAsync(stopping.Token).ConfigureAwait(false))
        {
            if ((IsNamed(resourceName, change.Resource.Name) || IsNamed(resourceName, change.ResourceId)) && predicate(change))
                return change;
        }
        throw new OperationCanceledException($"The application ended while waiting for resource '{resourceName}'.");

        static bool IsNamed(string wanted, string name) => string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase);
    }

    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
        => WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Returns when the resource is healthy and the handlers of its ready event have finished.</summary>
    /// <exception cref="DistributedApplicationException">The resource ended or failed to start, and the behaviour is to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(resourceName,
            change => IsHealthy(change) || IsUnavailable(change, waitBehavior), cancellationToken).ConfigureAwait(false);
        if (!IsHealthy(change))
            throw new DistributedApplicationException($"Stopped waiting for resource '{resourceName}' to become healthy because it failed to start.");
        var ready = await WaitForResourceAsync(resourceName, change => change.Snapshot.ResourceReadyEvent is not null, cancellationToken)
            .ConfigureAwait(false);
        await ready.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return change;
    }

    /// <summary>Waits for everything that the resource was told to wait for; its state is Waiting meanwhile.</summary>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().ToList();
        if (waits.Count == 0)
            return;

        await PublishUpdateAsync(resource, state => state with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        var logger = _loggers.GetLogger(resource);
        await Task.WhenAll(waits.SelectMany(wait => wait.Resource.GetResolvedResourceNames()
            .Select(id => WaitForDependencyAsync(wait, id, logger, cancellationToken)))).ConfigureAwait(false);
    }

    private async Task WaitForDependencyAsync(WaitAnnotation wait, string id, ILogger logger, CancellationToken cancellationToken)
    {
        var behavior = wait.WaitBehavior ?? DefaultWaitBehavior;
        var name = wait.Resource.Name;
        switch (wait.WaitType)
        {
            case WaitType.WaitForCompletion:
                logger.WaitingForCompletion(name);
                var ended = await WaitForResourceAsync(id,
                    change => KnownResourceStates.IsTerminal(change.Snapshot.State?.Text)
                        && change.Snapshot.State?.Text != KnownResourceStates.FailedToStart
                        || IsUnavailable(change, behavior) && change.Snapshot.State?.Text == KnownResourceStates.FailedToStart,
                    cancellationToken).ConfigureAwait(false);
                if (ended.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
                    throw Unavailable($"'{name}', which this resource waits for, did not start.");
                if (ended.Snapshot.ExitCode is { } code && code != wait.ExitCode)
                    throw Unavailable($"'{name}', which this resource waits for, ended with exit code {code} instead of {wait.ExitCode}.");
                break;
            default:
                logger.WaitingForHealth(name);
                try
                {
                    await WaitForResourceHealthyAsync(id, behavior, cancellationToken).ConfigureAwait(false);
                }
                catch (DistributedApplicationException)
                {
                    throw Unavailable($"'{name}', which this resource waits for, did not start.");
                }
                break;
        }
        logger.WaitFinished(name);

        DistributedApplicationException Unavailable(string message)
        {
            logger.DependencyUnavailable(message);
            return new DistributedApplicationException(message);
        }
    }

    private static bool IsHealthy(ResourceEvent change) => change.Snapshot.HealthStatus == HealthStatus.Healthy;

    private static bool IsUnavailable(ResourceEvent change, WaitBehavior behavior)
        => behavior == WaitBehavior.StopOnResourceUnavailable
            && (KnownResourceStates.IsTerminal(change.Snapshot.State?.Text) || change.Snapshot.State?.Text == KnownResourceStates.RuntimeUnhealthy);
}
