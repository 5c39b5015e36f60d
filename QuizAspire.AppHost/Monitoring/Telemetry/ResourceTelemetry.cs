using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Telemetry;

/// <summary>
/// Spans, numbers and log records of one resource that is no process, but something AppHost does itself: a schedule, an alarm, the inbox. Free until
/// there is a dashboard to send them to.
/// </summary>
internal sealed class ResourceTelemetry : IAsyncDisposable
{
    private readonly bool _counts;
    private ProcessTelemetry? _export;
    private ILogger? _records;

    /// <param name="resource">Its name, which is also what the dashboard shows.</param>
    /// <param name="counts">Does it have numbers? To send them is a thread's work.</param>
    public ResourceTelemetry(string resource, bool counts = false)
    {
        (Resource, _counts) = (resource, counts);
        // A name for each resource: OpenTelemetry tells by it which spans are whose.
        Spans = new ActivitySource($"QuizAspire.AppHost.{resource}");
        Meter = new Meter(Spans.Name);
    }

    public string Resource { get; }

    public ActivitySource Spans { get; }

    public Meter Meter { get; }

    /// <summary>Begins a trace, whatever is under way around it: the dashboard's request for a command, for one.</summary>
    public Activity? StartTrace(string name, ActivityKind kind = ActivityKind.Internal, DateTimeOffset startedAt = default)
    {
        Activity.Current = null;
        return Spans.StartActivity(name, kind, default(ActivityContext), startTime: startedAt);
    }

    /// <summary>A log that writes where the given one does, and among the structured logs too.</summary>
    public ILogger Both(ILogger console) => new BothLogs(console, this);

    /// <param name="variables">OpenTelemetry's, as a process of the application has them.</param>
    public void Export(IReadOnlyDictionary<string, string> variables)
    {
        var export = ProcessTelemetry.Start(new TelemetryTarget
        {
            Variables = name => name switch
            {
                "OTEL_SERVICE_NAME" => Resource,
                // No instance: what is no process has no suffix to its name, by which the dashboard joins the two.
                "OTEL_RESOURCE_ATTRIBUTES" => "service.instance.id=",
                "OTEL_METRICS_EXPORTER" when !_counts => "none",
                _ => variables.GetValueOrDefault(name),
            },
            Sources = [Spans.Name],
            IncludesRuntime = false,
        });
        (_records, _export) = (export.Logs.CreateLogger(Spans.Name), export);
    }

    public async ValueTask DisposeAsync()
    {
        if (_export is not null)
            await _export.DisposeAsync();
        Spans.Dispose();
        Meter.Dispose();
    }

    private sealed class BothLogs(ILogger console, ResourceTelemetry telemetry) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => console.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => console.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            console.Log(logLevel, eventId, state, exception, formatter);
            telemetry._records?.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
