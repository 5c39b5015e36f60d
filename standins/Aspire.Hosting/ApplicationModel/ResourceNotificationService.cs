using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states of all instances of all resources: published here, watched and waited for here.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, InstanceState> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;
    private readonly CancellationTokenSource _stopped = new();
    private readonly CancellationToken _applicationStopping;
    private ImmutableList<ChannelWriter<ResourceEvent>> _watchers = [];

    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider, ResourceLoggerService resourceLoggerService)
    {
        _services = serviceProvider;
        _loggers = resourceLoggerService;
        _applicationStopping = hostApplicationLifetime.ApplicationStopping;
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior
            ?? WaitBehavior.WaitOnResourceUnavailable;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <param name="resourceId">The name of an instance, or of a resource that has only one.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        resourceEvent = _instances.TryGetValue(resourceId, out var instance) ? instance.Current : null;
        if (resourceEvent is not null)
            return true;
        var ofResource = _instances.Values.Select(candidate => candidate.Current).OfType<ResourceEvent>()
            .Where(candidate => string.Equals(candidate.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        resourceEvent = ofResource.Count == 1 ? ofResource[0] : null;
        return resourceEvent is not null;
    }

    /// <summary>The current state of every instance, then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped.Token);
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        ImmutableInterlocked.Update(ref _watchers, static (all, writer) => all.Add(writer), channel.Writer);
        try
        {
            var seen = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            foreach (var current in _instances.Values.Select(instance => instance.Current).OfType<ResourceEvent>())
            {
                seen[current.ResourceId] = current.Snapshot.Version;
                yield return current;
            }
            await foreach (var change in channel.Reader.ReadAllAsync(stopping.Token).ConfigureAwait(false))
            {
                if (seen.TryGetValue(change.ResourceId, out var version) && change.Snapshot.Version <= version)
                    continue;
                yield return change;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, static (all, writer) => all.Remove(writer), channel.Writer);
        }
    }

    /// <summary>Changes the state of every instance of the resource.</summary>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.GetResolvedResourceNames())
            await PublishUpdateAsync(resource, id, stateFactory).ConfigureAwait(false);
    }

    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);
        var instance = _instances.GetOrAdd(resourceId, static _ => new InstanceState());
        lock (instance.Gate)
        {
            var previous = instance.Current?.Snapshot ?? InitialSnapshot.Of(resource);
            var next = InitialSnapshot.Complete(resource, stateFactory(previous), _services) with { Version = previous.Version + 1 };
            var change = new ResourceEvent(resource, resourceId, next);
            instance.Current = change;
            foreach (var watcher in _watchers)
                watcher.TryWrite(change);
        }
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stopped.Cancel();
        GC.SuppressFinalize(this);
    }

    private sealed class InstanceState
    {
        public Lock Gate { get; } = new();

        public ResourceEvent? Current { get; set; }
    }
}

public sealed class ResourceNotificationServiceOptions
{
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
