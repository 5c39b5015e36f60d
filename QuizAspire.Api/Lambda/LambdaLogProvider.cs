using Amazon.Lambda.Core;
using LambdaLevel = Amazon.Lambda.Core.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace QuizAspire.Api.Lambda;

/// <summary>
/// The application's log on Lambda's own logger, which adds time, level, request and trace in the format that the function is configured
/// for. It has written when it returns: the console logger writes from a thread of its own, which Lambda would stop with lines in hand.
/// </summary>
internal sealed class LambdaLogProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new CategoryLog(categoryName);

    public void Dispose()
    {
    }

    private sealed class CategoryLog(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        // The two enumerations number their levels alike.
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            LambdaLogger.Log((LambdaLevel)(int)logLevel, exception, $"{category}: {formatter(state, exception)}");
    }
}
