using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is written into a resource's own log about it.</summary>
internal static partial class ResourceLogMessages
{
    [LoggerMessage(LogLevel.Information, "Command '{Command}' starts.")]
    public static partial void CommandStarted(this ILogger logger, string command);

    [LoggerMessage(LogLevel.Information, "Command '{Command}' is done.")]
    public static partial void CommandSucceeded(this ILogger logger, string command);

    [LoggerMessage(LogLevel.Error, "Command '{Command}' failed: {Message}")]
    public static partial void CommandFailed(this ILogger logger, string command, string? message);

    [LoggerMessage(LogLevel.Error, "Command '{Command}' threw an exception.")]
    public static partial void CommandThrew(this ILogger logger, Exception exception, string command);

    [LoggerMessage(LogLevel.Information, "Waits until '{Name}' has ended.")]
    public static partial void WaitingForCompletion(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Information, "Waits until '{Name}' is healthy.")]
    public static partial void WaitingForHealth(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Information, "Waits for '{Name}' no longer.")]
    public static partial void WaitFinished(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Error, "{Message}")]
    public static partial void DependencyUnavailable(this ILogger logger, string message);
}
