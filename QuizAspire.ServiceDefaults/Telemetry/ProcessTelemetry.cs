using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs of a process without a host, or of one thing among several that a process does. Where no endpoint is configured nothing is
/// built, and everything here costs nothing.
/// </summary>
public sealed class ProcessTelemetry : IAsyncDisposable
{
    // An orchestrator that stops a process waits a few seconds for it.
    private static readonly TimeSpan LastExports = TimeSpan.FromSeconds(2);

    private readonly TelemetryPipeline? _pipeline;
    private readonly OpenTelemetrySdk? _sdk;
    private IReadOnlyList<PosixSignalRegistration> _signals = [];
    private int _isDisposed;

    private ProcessTelemetry(TelemetryPipeline? pipeline, OpenTelemetrySdk? sdk) => (_pipeline, _sdk) = (pipeline, sdk);

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => _pipeline is not null;

    /// <summary>Makes loggers whose records are exported; those of nobody where logs have no endpoint.</summary>
    public ILoggerFactory Logs => _pipeline is { HasLogs: true } ? _sdk!.GetLoggerFactory() : NullLoggerFactory.Instance;

    /// <summary>From the process's environment.</summary>
    public static ProcessTelemetry Start() => Start(new TelemetryTarget());

    public static ProcessTelemetry Start(TelemetryTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (TelemetryPipeline.For(target) is not { } pipeline)
            return new ProcessTelemetry(null, null);

        var telemetry = new ProcessTelemetry(pipeline, OpenTelemetrySdk.Create(builder =>
        {
            // What the SDK reads itself, such as the sampler, comes from the same variables.
            builder.Services.AddSingleton<IConfiguration>(new VariablesConfiguration(target.Variables));
            pipeline.AddTo(builder);
        }));
        if (target.EndsOnSignal)
            telemetry.EndOnSignal();

        return telemetry;
    }

    /// <inheritdoc cref="TelemetryFlush.FlushAsync"/>
    public ValueTask FlushAsync(TimeSpan atMost) => _pipeline?.Flush.FlushAsync(atMost) ?? ValueTask.CompletedTask;

    /// <summary>Exports what is left, within two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_pipeline is null || Interlocked.Exchange(ref _isDisposed, 1) == 1)
            return;

        _pipeline.EndWithin(LastExports);
        await Task.Factory.StartNew(_sdk!.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        _pipeline.Dispose();
        foreach (var signal in _signals)
            signal.Dispose();
    }

    /// <summary>The runtime ends a process on a signal at once, without a word to anybody, unless somebody listens.</summary>
    private void EndOnSignal()
    {
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
        ];

        void End(PosixSignalContext context) => DisposeAsync().AsTask().Wait(LastExports * 2);
    }
}
