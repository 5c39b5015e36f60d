using System.Collections.Concurrent;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>
/// The ended spans that an exporter would get. It listens as OpenTelemetry's SDK does by default: what has a parent is kept when the parent is.
/// </summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentDictionary<ActivityTraceId, byte> _own = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    private RecordedSpans(Func<string, bool> isSource, bool ownAlone)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => isSource(source.Name),
            Sample = (ref options) =>
                ownAlone && !_own.ContainsKey(options.TraceId) ? ActivitySamplingResult.None
                : options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? ActivitySamplingResult.AllDataAndRecorded
                : options.Parent.IsRemote ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.Recorded && (!ownAlone || _own.ContainsKey(span.TraceId)))
                    _ended.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _ended];

    /// <summary>Those of one source, of other tests too where they use it: look for one's own by their trace.</summary>
    public static RecordedSpans OfSource(string name) => new(source => source == name, ownAlone: false);

    /// <summary>Those of the application in the traces that <see cref="NewClient"/> began, whatever else runs in this process.</summary>
    public static RecordedSpans OfOwnTraces() =>
        new(source => source == "Microsoft.AspNetCore" || source.StartsWith("QuizAspire.", StringComparison.Ordinal), ownAlone: true);

    /// <summary>The context of a client's span, to be sent with its request.</summary>
    public ActivityContext NewClient(bool isTraced = true, string? state = null)
    {
        var context = TraceContexts.New(isTraced ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, state);
        _own[context.TraceId] = 0;
        return context;
    }

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    public Activity One(string name) => Assert.Single(All, span => span.DisplayName == name);

    public Activity One(ActivityTraceId trace, string name) => Assert.Single(Of(trace), span => span.DisplayName == name);

    public Task EndedAsync(string name) =>
        Eventually.BecomesTrueAsync(() => Task.FromResult(All.Any(span => span.DisplayName == name)), $"a span '{name}'");

    public void Dispose() => _listener.Dispose();
}
