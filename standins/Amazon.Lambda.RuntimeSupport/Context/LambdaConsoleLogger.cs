using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes Lambda's text format: time, request id, level and message, separated by tabs. What a function writes to the console itself
/// goes out as it is (the real package wraps the console, and prefixes those lines as well).
/// </summary>
internal sealed class LambdaConsoleLogger(TextWriter output) : ILambdaLogger
{
    private readonly LogLevel _minimum = Minimum(
        Environment.GetEnvironmentVariable("AWS_LAMBDA_HANDLER_LOG_LEVEL") ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    public string RequestId { get; set; }

    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => Log(LogLevel.Information, message);

    public void Log(string level, string message) => Log(Enum.TryParse<LogLevel>(level, true, out var known) ? known : LogLevel.Information, message);

    public void Log(LogLevel level, string message)
    {
        if (level >= _minimum)
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}\t{RequestId}\t{Label(level)}\t{message}"));
    }

    public void LogUnhandled(Exception exception) => Log(LogLevel.Error, exception.ToString());

    private static LogLevel Minimum(string level) => level?.ToUpperInvariant() switch
    {
        "FATAL" => LogLevel.Critical,
        "WARN" => LogLevel.Warning,
        _ => Enum.TryParse<LogLevel>(level, true, out var known) ? known : LogLevel.Information
    };

    private static string Label(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        _ => "info"
    };
}
