using System.Collections.Concurrent;
using System.Diagnostics;
using QuizAspire.Functions.Telemetry;

namespace QuizAspire.Tests.Functions;

/// <summary>Sees the spans that functions make in this process, of other tests too: look for one's own by its trace.</summary>
internal sealed class FunctionSpanWatch : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public FunctionSpanWatch()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FunctionSpans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.PropagationData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static ActivityContext NewTrace(ActivityTraceFlags flags = ActivityTraceFlags.Recorded, string? state = null) =>
        new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags, state);

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    public Activity One(ActivityTraceId trace, string name) => Assert.Single(Of(trace), span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
