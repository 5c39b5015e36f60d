using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.AspNetCoreServer.Hosting.Internal;

/// <summary>A response that is kept whole until the pipeline is done, and only then "starts".</summary>
internal sealed class ResponseFeature : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly List<(Func<object, Task> Callback, object State)> _starting = [];
    private readonly List<(Func<object, Task> Callback, object State)> _completed = [];
    private PipeWriter? _writer;

    public int StatusCode { get; set; } = 200;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; } = new MemoryStream();

    public bool HasStarted { get; private set; }

    public Stream Stream => Body;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(Body);

    public void OnStarting(Func<object, Task> callback, object state) => _starting.Add((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Add((callback, state));

    /// <summary>In the order in which they were given, unlike Kestrel, which begins with the last.</summary>
    public Task RunStartingAsync() => RunAsync(_starting);

    public Task RunCompletedAsync() => RunAsync(_completed);

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        HasStarted = true;
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Body, path, offset, count, cancellationToken);

    private static async Task RunAsync(List<(Func<object, Task> Callback, object State)> callbacks)
    {
        foreach (var (callback, state) in callbacks)
            await callback(state);
    }
}
