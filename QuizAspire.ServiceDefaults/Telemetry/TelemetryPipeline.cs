using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>The way of traces, metrics and logs from their sources to the collector, the same for every process.</summary>
internal sealed class TelemetryPipeline : IDisposable
{
    private const string HttpMeter = "System.Net.Http";

    private readonly CancellationTokenSource _end = new();
    private readonly TelemetryTarget _target;
    private readonly (OtlpSettings Otlp, SignalFlush Flush)? _traces, _metrics, _logs;
    private readonly TimeSpan _metricInterval;

    private TelemetryPipeline(TelemetryTarget target)
    {
        var time = TimeProvider.System;
        _target = target;
        _metricInterval = TimeSpan.FromMilliseconds(BatchSettings.Number(target.Variables("OTEL_METRIC_EXPORT_INTERVAL")) ?? 60_000);
        _traces = Signal(OtlpSignal.Traces, TimeSpan.Zero);
        _metrics = Signal(OtlpSignal.Metrics, _metricInterval);
        _logs = Signal(OtlpSignal.Logs, TimeSpan.Zero);
        (OtlpSettings, SignalFlush)?[] exported = [_traces, _metrics, _logs];
        Flush = new TelemetryFlush([.. exported.OfType<(OtlpSettings Otlp, SignalFlush Flush)>().Select(signal => signal.Flush)], time);

        (OtlpSettings, SignalFlush)? Signal(OtlpSignal signal, TimeSpan interval) =>
            OtlpSettings.Read(signal, target.Variables) is { } otlp ? (otlp, new SignalFlush(new CollectorWatch(time), interval)) : null;
    }

    public TelemetryFlush Flush { get; }

    public bool HasLogs => _logs is not null;

    /// <summary>Null where no signal has an endpoint.</summary>
    public static TelemetryPipeline? For(TelemetryTarget target)
    {
        var pipeline = new TelemetryPipeline(target);
        return pipeline.Flush.IsOn ? pipeline : null;
    }

    public void AddTo(IOpenTelemetryBuilder builder)
    {
        builder.ConfigureResource(resource => resource.Clear().AddTelemetrySdk().AddAttributes(ResourceAttributes.Of(_target.Variables)));
        if (_traces is { } traces)
            builder.WithTracing(tracing => AddTraces(tracing, traces.Otlp, traces.Flush));
        if (_metrics is { } metrics)
            builder.WithMetrics(metering => AddMetrics(metering, metrics.Otlp, metrics.Flush));
        if (_logs is { } logs)
            builder.WithLogging(logging => AddLogs(logging, logs.Otlp, logs.Flush), ConfigureLogs);
    }

    /// <summary>Gives exports so long to come to an end, whatever the collector does.</summary>
    public void EndWithin(TimeSpan atMost) => _end.CancelAfter(atMost);

    public void Dispose()
    {
        _traces?.Flush.Dispose();
        _metrics?.Flush.Dispose();
        _logs?.Flush.Dispose();
        _end.Dispose();
    }

    private void AddTraces(TracerProviderBuilder tracing, OtlpSettings otlp, SignalFlush flush)
    {
        // .NET instruments itself; these are the names of what it has built in.
        tracing.AddSource([.. _target.Sources]);
        if (_target.IncludesHttp)
            tracing.AddSource("Microsoft.AspNetCore", "System.Net.Http");

        // Before the export, which it keeps them from.
        if (_target.Variables(RuntimeApiCalls.AddressVariable) is { Length: > 0 } runtimeApi)
            tracing.AddProcessor(new RuntimeApiCalls(runtimeApi));
        tracing.AddProcessor(_ =>
        {
            var batch = BatchSettings.Read("OTEL_BSP", _target.Variables);
            return new SpanBatches(new OtlpTraceExporter(Options(otlp, flush)), batch, otlp.Timeout, flush);
        });
    }

    private void AddMetrics(MeterProviderBuilder metering, OtlpSettings otlp, SignalFlush flush)
    {
        metering.AddMeter([.. _target.Sources]);
        if (_target.IncludesRuntime)
        {
            metering.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", HttpMeter, "System.Runtime");
            // What it counts besides is recorded several times a call, and says nothing of AWS that the duration does not.
            metering.AddView(instrument =>
                instrument.Meter.Name == HttpMeter && instrument.Name != "http.client.request.duration" ? MetricStreamConfiguration.Drop : null);
        }

        metering.AddReader(_ =>
        {
            var reader = new PeriodicExportingMetricReader(
                new OtlpMetricExporter(Options(otlp, flush)), Milliseconds(_metricInterval), Milliseconds(otlp.Timeout));
            reader.TemporalityPreference = TemporalityOf(_target.Variables("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"));
            flush.Use(reader.Collect, isTold: false);
            return reader;
        });
    }

    private void AddLogs(LoggerProviderBuilder logging, OtlpSettings otlp, SignalFlush flush) => logging.AddProcessor(_ =>
    {
        var batch = BatchSettings.Read("OTEL_BLRP", _target.Variables);
        return new LogBatches(new OtlpLogExporter(Options(otlp, flush)), batch, otlp.Timeout, flush);
    });

    private static void ConfigureLogs(OpenTelemetryLoggerOptions logging)
    {
        logging.IncludeFormattedMessage = true;
        logging.IncludeScopes = true;
    }

    private OtlpExporterOptions Options(OtlpSettings otlp, SignalFlush flush) => new()
    {
        Endpoint = otlp.Endpoint,
        Protocol = otlp.Protocol,
        Headers = null, // the client's, because the exporter throws at one that is malformed
        TimeoutMilliseconds = Milliseconds(otlp.Timeout),
        HttpClientFactory = () => CollectorClient.Create(otlp, flush.Watch, _end.Token),
    };

    private static MetricReaderTemporalityPreference TemporalityOf(string? preference) =>
        string.Equals(preference, "delta", StringComparison.OrdinalIgnoreCase)
            ? MetricReaderTemporalityPreference.Delta
            : MetricReaderTemporalityPreference.Cumulative;

    private static int Milliseconds(TimeSpan time) => (int)time.TotalMilliseconds;
}
