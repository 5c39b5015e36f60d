using System.Collections.Concurrent;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace QuizAspire.AppHost.Monitoring.Telemetry;

/// <summary>
/// Sends what AppHost itself does to the dashboard, as its processes send theirs. An alarm that never changes, or a dashboard that is not there, costs
/// nothing.
/// </summary>
/// <param name="process">Told by Aspire where telemetry goes, as if it were one of the application's processes.</param>
internal sealed partial class HostTelemetry(
    IResourceWithEnvironment process, DistributedApplicationExecutionContext execution, ILogger<HostTelemetry> logger) : BackgroundService
{
    // The dashboard ends together with AppHost: what it does not take by then, nobody looks at.
    private static readonly TimeSpan LastExport = TimeSpan.FromSeconds(1);

    // The dashboard's address is known while the application starts.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Lazy<ResourceTelemetry>> _resources = new(StringComparer.Ordinal);
    private readonly List<ResourceTelemetry> _waiting = [];
    private readonly Lock _gate = new();
    private Task? _start;
    private IReadOnlyDictionary<string, string>? _variables;

    /// <summary>That of a resource, exported from here on, or from when it is known where to.</summary>
    /// <param name="counts">Does it have numbers?</param>
    public ResourceTelemetry Of(string resource, bool counts = false) => _resources.GetOrAdd(resource, name => new Lazy<ResourceTelemetry>(() =>
    {
        var telemetry = new ResourceTelemetry(name, counts);
        lock (_gate)
        {
            if (_variables is not null)
                telemetry.Export(_variables);
            else
                _waiting.Add(telemetry);
        }

        return telemetry;
    })).Value;

    /// <summary>
    /// Ends when it is known whether anything is exported, for what happens at the very start and shall be seen; soon in any case.
    /// </summary>
    public Task ReadyAsync(CancellationToken cancellation) => Task.WhenAny(StartOnce(cancellation), Task.Delay(StartLimit, cancellation));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var ending = Task.WhenAll(_resources.Values.Where(one => one.IsValueCreated).Select(one => one.Value.DisposeAsync().AsTask()));
        await Task.WhenAny(ending, Task.Delay(LastExport, CancellationToken.None));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => StartOnce(stoppingToken);

    /// <summary>Resources are initialized, and ask, before all of the host's services have started.</summary>
    private Task StartOnce(CancellationToken cancellation)
    {
        lock (_gate)
            return _start ??= Task.Run(() => StartExportsAsync(cancellation), CancellationToken.None);
    }

    private async Task StartExportsAsync(CancellationToken cancellation)
    {
        try
        {
            var variables = await VariablesAsync(cancellation);
            if (Uri.TryCreate(variables.GetValueOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT"), UriKind.Absolute, out var collector))
                await ListensAsync(collector, cancellation);
            lock (_gate)
            {
                _variables = variables;
                _waiting.ForEach(telemetry => telemetry.Export(variables));
                _waiting.Clear();
            }
        }
        catch (Exception exception)
        {
            // Nothing that AppHost is for depends on it.
            if (!cancellation.IsCancellationRequested)
                NotExported(logger, exception.Message);
        }
    }

    /// <summary>
    /// AppHost is there before the dashboard that it starts: what it sends to one that does not listen yet is lost. One that never listens is waited
    /// for no longer than a start takes.
    /// </summary>
    private static async Task ListensAsync(Uri collector, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            do
            {
                using var connection = new TcpClient();
                try
                {
                    await connection.ConnectAsync(collector.Host, collector.Port, limit.Token);
                    return;
                }
                catch (SocketException)
                {
                    // Not yet.
                }
            }
            while (await timer.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Exports go there all the same, and say themselves what comes of it.
        }
    }

    /// <summary>The variables that Aspire would start the process with.</summary>
    private async Task<Dictionary<string, string>> VariablesAsync(CancellationToken cancellation)
    {
        var context = new EnvironmentCallbackContext(execution, process, cancellationToken: cancellation);
        foreach (var annotation in process.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables)
            if ((value is IValueProvider later ? await later.GetValueAsync(cancellation) : value.ToString()) is { } text)
                variables[name] = text;
        return variables;
    }

    [LoggerMessage(LogLevel.Warning, "What AppHost itself does is not among the dashboard's telemetry: {Reason}")]
    private static partial void NotExported(ILogger logger, string reason);
}
