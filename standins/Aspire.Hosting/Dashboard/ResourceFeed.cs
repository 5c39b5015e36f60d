using Aspire.Hosting.Dashboard.Protos;

namespace Aspire.Hosting.Dashboard;

/// <summary>The newest message of every resource, for any number of watchers that come and go.</summary>
internal sealed class ResourceFeed
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceMessage> _resources = [];
    private readonly HashSet<ResourceWatcher> _watchers = [];

    public void Publish(ResourceMessage resource)
    {
        lock (_lock)
        {
            _resources[resource.Name] = resource;
            foreach (var watcher in _watchers)
                watcher.Add(resource);
        }
    }

    public bool Knows(string resourceName)
    {
        lock (_lock)
            return _resources.ContainsKey(resourceName);
    }

    /// <summary>A watcher, and the resources as they were at the moment from which it sees every change.</summary>
    public (ResourceWatcher Watcher, IReadOnlyList<ResourceMessage> Initial) Watch()
    {
        lock (_lock)
        {
            var watcher = new ResourceWatcher(Remove);
            _watchers.Add(watcher);
            return (watcher, [.. _resources.Values]);
        }
    }

    internal int WatcherCount
    {
        get
        {
            lock (_lock)
                return _watchers.Count;
        }
    }

    private void Remove(ResourceWatcher watcher)
    {
        lock (_lock)
            _watchers.Remove(watcher);
    }
}

/// <summary>
/// Keeps, per resource, only the newest change that its reader has not taken: a reader that is slow skips states in between, never the last one,
/// and holds no more memory than the model has resources.
/// </summary>
internal sealed class ResourceWatcher(Action<ResourceWatcher> remove) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private Dictionary<string, ResourceMessage> _pending = [];

    public void Add(ResourceMessage resource)
    {
        lock (_lock)
        {
            _pending[resource.Name] = resource;
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    /// <summary>Waits for at least one change and takes all that there are.</summary>
    public async Task<IReadOnlyCollection<ResourceMessage>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _changed.WaitAsync(cancellationToken);
            lock (_lock)
            {
                // The signal of a change that came between the last signal and its taking finds nothing left.
                if (_pending.Count == 0)
                    continue;
                var taken = _pending.Values;
                _pending = [];
                return taken;
            }
        }
    }

    public void Dispose()
    {
        remove(this);
        _changed.Dispose();
    }
}
