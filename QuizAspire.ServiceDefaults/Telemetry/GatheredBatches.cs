using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>The SDK's batches of spans, which tell the flush when there is something in them.</summary>
internal sealed class SpanBatches : BatchActivityExportProcessor
{
    private readonly SignalFlush _flush;

    public SpanBatches(OtlpTraceExporter exporter, BatchSettings batch, TimeSpan timeout, SignalFlush flush)
        : base(exporter, batch.Queue, (int)batch.Delay.TotalMilliseconds, (int)timeout.TotalMilliseconds, batch.Batch)
    {
        _flush = flush;
        flush.Use(ForceFlush, isTold: true);
    }

    public override void OnEnd(Activity data)
    {
        base.OnEnd(data);
        if (data.Recorded)
            _flush.Gathered();
    }
}

/// <inheritdoc cref="SpanBatches"/>
internal sealed class LogBatches : BatchLogRecordExportProcessor
{
    private readonly SignalFlush _flush;

    public LogBatches(OtlpLogExporter exporter, BatchSettings batch, TimeSpan timeout, SignalFlush flush)
        : base(exporter, batch.Queue, (int)batch.Delay.TotalMilliseconds, (int)timeout.TotalMilliseconds, batch.Batch)
    {
        _flush = flush;
        flush.Use(ForceFlush, isTold: true);
    }

    public override void OnEnd(LogRecord data)
    {
        base.OnEnd(data);
        _flush.Gathered();
    }
}
