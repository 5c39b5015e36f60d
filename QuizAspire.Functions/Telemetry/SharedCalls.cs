using System.Diagnostics;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// Calls that are made for several messages at once. They are nobody's own, so they belong to the invocation and are linked with a span of each
/// message, both ways. What turns out to be for one message alone is called under its span.
/// </summary>
internal sealed class SharedCalls : IDisposable
{
    private const string Property = "quizaspire.shared_calls";

    private readonly IReadOnlyList<Activity?> _spans;
    private readonly Activity? _owner;
    private readonly MessageSpan.Scope _scope;

    /// <summary>From here until this is disposed of, in the same flow.</summary>
    /// <param name="spans">One of each message.</param>
    public SharedCalls(IReadOnlyList<Activity?> spans)
    {
        var invocation = Activity.Current;
        _spans = spans;
        // An invocation that nobody keeps would take the calls out of the traces that are kept.
        var areShared = spans.Count > 1 && invocation is { Recorded: true };
        _owner = areShared ? invocation : spans.FirstOrDefault(span => span is { Recorded: true });
        if (_owner is null)
            return;

        Calls.Listen();
        _owner.SetCustomProperty(Property, this);
        _scope = new MessageSpan.Scope(_owner);
    }

    public void Dispose()
    {
        _owner?.SetCustomProperty(Property, null);
        _scope.Dispose();
    }

    private void Link(Activity call)
    {
        foreach (var span in _spans)
        {
            if (span is null || span == _owner)
                continue;

            span.AddLink(new ActivityLink(call.Context));
            call.AddLink(new ActivityLink(span.Context));
        }
    }

    /// <summary>Sees the calls' spans start, which are made somewhere below those who call.</summary>
    private static class Calls
    {
        private const string Source = "QuizAspire.Aws";

        static Calls() => ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            ActivityStarted = call => (call.Parent?.GetCustomProperty(Property) as SharedCalls)?.Link(call),
        });

        /// <summary>From the first calls on that somebody wants to see: even where nobody does, listening makes each call dearer.</summary>
        public static void Listen()
        {
        }
    }
}
