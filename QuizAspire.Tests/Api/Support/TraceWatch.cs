using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace QuizAspire.Tests.Api.Support;

/// <summary>
/// Keeps the ended spans of one test's traces, whatever else runs in this process. It listens as OpenTelemetry's SDK does by default: what has a parent is
/// kept when the parent is.
/// </summary>
internal sealed class TraceWatch : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, byte> _own = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TraceWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore" || source.Name.StartsWith("QuizAspire.", StringComparison.Ordinal),
            Sample = (ref options) =>
                !_own.ContainsKey(options.TraceId) ? ActivitySamplingResult.None
                : options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded
                : options.Parent.IsRemote ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (_own.ContainsKey(span.TraceId))
                    _ended.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>All that have ended, of all traces of this test.</summary>
    public IReadOnlyList<Activity> Spans => [.. _ended];

    /// <summary>Those that have ended and are kept.</summary>
    public IReadOnlyList<Activity> Of(ActivityContext trace) => [.. _ended.Where(span => span.TraceId == trace.TraceId && span.Recorded)];

    /// <summary>The context of a client's span, to be sent with its request.</summary>
    public ActivityContext NewClient(bool isTraced = true, string? state = null)
    {
        var context = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), isTraced ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, state);
        _own[context.TraceId] = 0;
        return context;
    }

    public static string TraceParent(ActivityContext context) => string.Create(
        CultureInfo.InvariantCulture, $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(byte)context.TraceFlags:x2}");

    public void Dispose() => _listener.Dispose();
}
