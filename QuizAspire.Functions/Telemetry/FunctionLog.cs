using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;
using LambdaLevel = Amazon.Lambda.Core.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace QuizAspire.Functions.Telemetry;

/// <summary>
/// <c>LoggerMessage</c> methods on Lambda's own logger, which adds time, level and request id in the format that the function is configured for,
/// text or JSON, and applies its level; and, where telemetry is on, on a logger that keeps the record's structure and its span.
/// </summary>
internal sealed class FunctionLog(ILambdaLogger lambda, ILogger? telemetry) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    // The two enumerations number their levels alike.
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lambda.Log((LambdaLevel)(int)logLevel, formatter(state, exception));
        telemetry?.Log(logLevel, eventId, state, exception, formatter);
    }
}
