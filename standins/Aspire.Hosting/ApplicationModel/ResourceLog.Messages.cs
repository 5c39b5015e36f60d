using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is written into a resource's own log about it.</summary>
internal static partial class ResourceLogMessages
{
    [LoggerMessage(LogLevel.Information, "Executing command '{Command}'.")]
    public static partial void CommandStarted(this ILogger logger, string command);

    [LoggerMessage(LogLevel.Information, "Successfully executed command '{Command}'.")]
    public static partial void CommandSucceeded(this ILogger logger, string command);

    [LoggerMessage(LogLevel.Error, "Failure executing command '{Command}': {Message}")]
    public static partial void CommandFailed(this ILogger logger, string command, string? message);

    [LoggerMessage(LogLevel.Error, "Error executing command '{Command}'.")]
    public static partial void CommandThrew(this ILogger logger, Exception exception, string command);

    [LoggerMessage(LogLevel.Information, "Waiting for resource '{Name}' to complete.")]
    public static partial void WaitingForCompletion(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Information, "Waiting for resource '{Name}' to start.")]
    public static partial void WaitingForStart(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Information, "Waiting for resource '{Name}' to become healthy.")]
    public static partial void WaitingForHealth(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Information, "Finished waiting for resource '{Name}'.")]
    public static partial void WaitFinished(this ILogger logger, string name);

    [LoggerMessage(LogLevel.Error, "{Message}")]
    public static partial void DependencyUnavailable(this ILogger logger, string message);
}
