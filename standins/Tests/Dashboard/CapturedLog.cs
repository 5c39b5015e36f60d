using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Dashboard;

/// <summary>What an application logs, a line of level, category and message each.</summary>
internal sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public Task WaitForAsync(string text) =>
        Eventually.Is(() => _lines.Any(line => line.Contains(text, StringComparison.Ordinal)), $"the log says '{text}'", TimeSpan.FromSeconds(60));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
