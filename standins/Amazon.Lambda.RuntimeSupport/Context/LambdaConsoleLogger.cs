using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Writes Lambda's formats: time, request id, level and message, separated by tabs, or the same as a line of JSON where the function is
/// configured for that. What a function writes to the console itself goes out as it is (the real package wraps the console, and formats
/// those lines as well).
/// </summary>
internal sealed class LambdaConsoleLogger(TextWriter output) : ILambdaLogger
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private readonly Lock _lock = new();

    private readonly LogLevel _minimum = Minimum(
        Environment.GetEnvironmentVariable("AWS_LAMBDA_HANDLER_LOG_LEVEL") ?? Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_LEVEL"));

    private readonly bool _json = string.Equals(Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_FORMAT"), "json", StringComparison.OrdinalIgnoreCase);

    public string RequestId { get; set; }

    public string TraceId { get; set; }

    public void Log(string message) => LogLine(message);

    public void LogLine(string message) => Log(LogLevel.Information, message);

    public void Log(string level, string message) => Log(level, null, message);

    public void Log(LogLevel level, string message) => Log(level, null, message);

    public void Log(string level, Exception exception, string message) =>
        Log(Enum.TryParse<LogLevel>(level, true, out var known) ? known : LogLevel.Information, exception, message);

    public void LogUnhandled(Exception exception) => Log(LogLevel.Error, _json ? exception : null, _json ? exception.Message : exception.ToString());

    private void Log(LogLevel level, Exception exception, string message)
    {
        if (level < _minimum)
            return;
        var now = TimeProvider.System.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        lock (_lock)
            output.WriteLine(_json ? Json(now, level, exception, message) : Text(now, level, exception, message));
    }

    private string Text(string now, LogLevel level, Exception exception, string message) =>
        $"{now}\t{RequestId}\t{Label(level)}\t{message}{(exception is null ? "" : Environment.NewLine)}{exception}";

    private string Json(string now, LogLevel level, Exception exception, string message)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", now);
            writer.WriteString("level", level.ToString());
            if (!string.IsNullOrEmpty(RequestId))
                writer.WriteString("requestId", RequestId);
            if (!string.IsNullOrEmpty(TraceId))
                writer.WriteString("traceId", TraceId);
            writer.WriteString("message", message);
            if (exception is not null)
            {
                writer.WriteString("errorType", exception.GetType().FullName);
                writer.WriteString("errorMessage", exception.Message);
                writer.WriteStartArray("stackTrace");
                foreach (var line in exception.ToString().Split('\n'))
                    writer.WriteStringValue(line.Trim());
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

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
