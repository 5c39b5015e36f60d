using System.Diagnostics;

namespace QuizAspire.Functions.Telemetry;

/// <summary>The writing of results, of several messages by the same calls or of one. Each message's trace shows it as a span of its own.</summary>
internal sealed class SharedWrite : IDisposable
{
    private readonly Activity?[] _writes;
    private readonly SharedCalls _calls;

    public SharedWrite(IEnumerable<MessageSpan> messages)
    {
        _writes = [.. messages.Select(message => FunctionSpans.StartWrite(message.Span))];
        _calls = new SharedCalls(_writes);
    }

    public void Dispose()
    {
        _calls.Dispose();
        foreach (var write in _writes)
            write?.Stop();
    }
}
