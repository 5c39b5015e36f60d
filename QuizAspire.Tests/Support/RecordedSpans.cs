using System.Collections.Concurrent;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>The ended spans of one source, as an exporter would get them.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public RecordedSpans(string source)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = one => one.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _ended];

    public Activity One(string name) => Assert.Single(All, span => span.DisplayName == name);

    public Task EndedAsync(string name) =>
        Eventually.BecomesTrueAsync(() => Task.FromResult(All.Any(span => span.DisplayName == name)), $"a span '{name}'");

    public void Dispose() => _listener.Dispose();
}
