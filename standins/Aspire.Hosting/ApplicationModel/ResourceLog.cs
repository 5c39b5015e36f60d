using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one instance, and those who read on.</summary>
internal sealed class ResourceLog
{
    /// <summary>As many lines as the real package keeps for each resource.</summary>
    private const int BacklogLimit = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<Channel<LogLine>> _readers = [];
    private int _lastLine;

    public void Append(string content, bool isError)
    {
        lock (_gate)
        {
            var line = new LogLine(++_lastLine, content, isError);
            if (_backlog.Count == BacklogLimit)
                _backlog.Dequeue();
            _backlog.Enqueue(line);
            foreach (var reader in _readers)
                reader.Writer.TryWrite(line);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            foreach (var reader in _readers)
                reader.Writer.TryComplete();
            _readers.Clear();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> ReadAllAsync()
    {
        LogLine[] lines;
        lock (_gate)
            lines = [.. _backlog];
        if (lines.Length > 0)
            yield return lines;
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        LogLine[] backlog;
        lock (_gate)
        {
            backlog = [.. _backlog];
            _readers.Add(channel);
        }
        try
        {
            if (backlog.Length > 0)
                yield return backlog;
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                if (batch.Count > 0)
                    yield return batch;
            }
        }
        finally
        {
            lock (_gate)
                _readers.Remove(channel);
        }
    }
}

/// <summary>Writes to the logs of the instances of one resource.</summary>
internal sealed class ResourceLogger(ResourceLog[] logs, TimeProvider time) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (exception is not null)
            text = text.Length == 0 ? exception.ToString() : $"{text}{Environment.NewLine}{exception}";
        var stamp = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        foreach (var log in logs)
            log.Append($"{stamp} {line}", logLevel >= LogLevel.Error);
    }
}
