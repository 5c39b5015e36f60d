using System.Diagnostics;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// The writing of several messages' results. Each message's own trace shows it as a span of its own; the calls, which are nobody's own, belong to
/// the invocation and are linked with all of those. What is one message's alone is called in that message's trace.
/// </summary>
internal sealed class SharedWrite : IDisposable
{
    private const string Property = "quizaspire.shared_write";

    private readonly Activity?[] _writes;
    private readonly Activity? _owner;
    private readonly MessageSpan.Scope _scope;

    /// <summary>Begins the writing, whose calls are made until this is disposed of, in the same flow.</summary>
    public SharedWrite(IReadOnlyList<MessageSpan> messages)
    {
        var invocation = Activity.Current;
        _writes = [.. messages.Select(message => FunctionSpans.StartWrite(message.Span))];
        // An invocation that nobody keeps would take the calls out of the traces that are kept.
        var shared = messages.Count > 1 && invocation is { Recorded: true };
        _owner = shared ? invocation : _writes.FirstOrDefault(write => write is { Recorded: true });
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
        foreach (var write in _writes)
            write?.Stop();
    }

    private void Link(Activity call)
    {
        foreach (var write in _writes)
        {
            if (write is null || write == _owner)
                continue;
            write.AddLink(new ActivityLink(call.Context));
            call.AddLink(new ActivityLink(write.Context));
        }
    }

    /// <summary>Sees the calls' spans start, which are made below whoever calls.</summary>
    private static class Calls
    {
        private const string Source = "QuizAspire.Aws";

        static Calls() => ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            ActivityStarted = call => (call.Parent?.GetCustomProperty(Property) as SharedWrite)?.Link(call),
        });

        /// <summary>From the first write on that somebody wants to see: listening makes spans dearer, even of those that nobody keeps.</summary>
        public static void Listen()
        {
        }
    }
}
