using System.Diagnostics;
using QuizAspire.Core.Telemetry;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// Calls that are made for several messages at once. They are nobody's own, so they belong to the invocation and are linked with a span of each
/// message, both ways. What turns out to be for one message alone is called under its span.
/// </summary>
internal sealed class SharedCalls : IDisposable
{
    private readonly Activity? _owner;
    private readonly MessageSpan.Scope _scope;

    /// <summary>From here until this is disposed of, in the same flow.</summary>
    /// <param name="spans">One of each message.</param>
    public SharedCalls(IReadOnlyList<Activity?> spans)
    {
        var invocation = Activity.Current;
        // An invocation that nobody keeps would take the calls out of the traces that are kept.
        var areShared = spans.Count > 1 && invocation is { Recorded: true };
        _owner = areShared ? invocation : spans.FirstOrDefault(span => span is { Recorded: true });
        if (_owner is null)
            return;

        CallLinks.Begin(_owner, spans);
        _scope = new MessageSpan.Scope(_owner);
    }

    public void Dispose()
    {
        if (_owner is not null)
            CallLinks.End(_owner);
        _scope.Dispose();
    }
}
