using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console logs of all resources: what their processes write, and what is said about them.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeProvider _time;

    public ResourceLoggerService() : this(TimeProvider.System)
    {
    }

    internal ResourceLoggerService(TimeProvider time) => _time = time;

    public ILogger GetLogger(IResource resource)
    {
        var names = resource.GetResolvedResourceNames();
        return names.Count == 1 ? GetLogger(names[0]) : new ResourceLogger([.. names.Select(GetLog)], _time);
    }

    public ILogger GetLogger(string resourceName) => new ResourceLogger([GetLog(resourceName)], _time);

    /// <summary>The backlog, then each line as it comes, until the log is completed.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => GetLog(resourceName).WatchAsync();

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(SingleNameOf(resource));

    /// <summary>What has been logged until now.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => GetLog(resourceName).ReadAllAsync();

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(SingleNameOf(resource));

    public void Complete(IResource resource)
    {
        foreach (var name in resource.GetResolvedResourceNames())
            Complete(name);
    }

    public void Complete(string name)
    {
        if (_logs.TryGetValue(name, out var log))
            log.Complete();
    }

    public void Dispose()
    {
        foreach (var log in _logs.Values)
            log.Complete();
        GC.SuppressFinalize(this);
    }

    /// <summary>A line that a process wrote, which has its time stamp already.</summary>
    internal void Append(string resourceName, string content, bool isError) => GetLog(resourceName).Append(content, isError);

    private ResourceLog GetLog(string name) => _logs.GetOrAdd(name, static _ => new ResourceLog());

    private static string SingleNameOf(IResource resource) => resource.GetResolvedResourceNames()[0];
}
