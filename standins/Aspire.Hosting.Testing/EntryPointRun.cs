using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// One run of an AppHost's Main in this process, on a thread of its own. It is held twice: when it is about to build, until the test has
/// changed what it wants to change, and when it is about to start, until the test starts the application.
/// </summary>
internal sealed class EntryPointRun : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    private readonly Assembly _assembly;
    private readonly string[] _args;
    private readonly Action<DistributedApplicationOptions, HostApplicationBuilderSettings> _configure;
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = New<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource<bool> _mayBuild = New<bool>();
    private readonly TaskCompletionSource<DistributedApplication> _application = New<DistributedApplication>();
    private readonly TaskCompletionSource<bool> _mayStart = New<bool>();
    private readonly TaskCompletionSource<bool> _started = New<bool>();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    public EntryPointRun(Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        (_assembly, _args, _configure) = (assembly, args, configure);
        var main = assembly.EntryPoint
            ?? throw new InvalidOperationException($"Assembly '{assembly.GetName().Name}' does not have an entry point.");
        var thread = new Thread(() => Run(main)) { IsBackground = true, Name = $"{assembly.GetName().Name} Main" };
        thread.Start();
    }

    public Task<DistributedApplicationBuilder> GetBuilderAsync(CancellationToken ct) => _builder.Task.WaitAsync(ct);

    public Task<DistributedApplication> BuildAsync(CancellationToken ct)
    {
        _mayBuild.TrySetResult(true);
        return _application.Task.WaitAsync(ct);
    }

    public Task StartAsync(CancellationToken ct)
    {
        _mayStart.TrySetResult(true);
        return _started.Task.WaitAsync(ct);
    }

    /// <summary>Stops the application and lets Main come to its end.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (!_application.Task.IsCompletedSuccessfully || _ended.Task.IsCompleted)
            return;
        var application = await _application.Task.ConfigureAwait(false);
        application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        if (_mayStart.Task.IsCompletedSuccessfully)
            await _ended.Task.WaitAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        var wasBuilt = _application.Task.IsCompletedSuccessfully;
        using var patience = new CancellationTokenSource(ShutdownTimeout);
        try
        {
            await StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is disposed all the same.
        }
        _mayBuild.TrySetCanceled();
        _mayStart.TrySetCanceled();
        // A Main that does not end is a background thread: it is left behind rather than waited for.
        await Task.WhenAny(_ended.Task, Task.Delay(ShutdownTimeout)).ConfigureAwait(false);
        if (wasBuilt)
            await (await _application.Task.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private void Run(MethodInfo main)
    {
        try
        {
            new BuilderHooks
            {
                Constructing = (options, settings) => TestConfiguration.Apply(options, settings, _args, _assembly, _configure),
                Building = builder =>
                {
                    _builder.TrySetResult(builder);
                    _mayBuild.Task.GetAwaiter().GetResult();
                },
                Built = application =>
                {
                    application.StartGate = GateAsync;
                    _application.TrySetResult(application);
                },
            }.Install();
            // The compiler's entry point of an asynchronous Main waits for it.
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [_args]);
            Fail(new InvalidOperationException(
                $"The AppHost's Main ended{(result is int code ? $" with exit code {code}" : "")} before it ran an application."));
        }
        catch (TargetInvocationException exception)
        {
            Fail(exception.InnerException ?? exception);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private async Task GateAsync(Func<Task> start)
    {
        await _mayStart.Task.ConfigureAwait(false);
        try
        {
            await start().ConfigureAwait(false);
            _started.TrySetResult(true);
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
            throw;
        }
    }

    private void Fail(Exception exception)
    {
        _builder.TrySetException(exception);
        _application.TrySetException(exception);
        _started.TrySetException(exception);
        // Whoever does not wait for one of them has no use for its error.
        _ = _builder.Task.Exception;
        _ = _application.Task.Exception;
        _ = _started.Task.Exception;
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
