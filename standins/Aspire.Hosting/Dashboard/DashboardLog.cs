using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Writes the dashboard's own log on into the application host's, under the category that <c>Logging:LogLevel</c> can set:
/// Aspire.Hosting.Dashboard, with ThirdParty behind it for what is not the dashboard's own code.
/// </summary>
internal sealed class DashboardLog(ILoggerFactory loggers)
{
    public const string Category = "Aspire.Hosting.Dashboard";

    private const string OwnPrefix = "Aspire.Dashboard.";

    private readonly ConcurrentDictionary<string, ILogger> _loggers = [];

    public void Write(string line, bool isError)
    {
        var entry = Parse(WithoutTimestamp(line))
            ?? new DashboardLogEntry(isError ? LogLevel.Error : LogLevel.Information, OwnPrefix + "Process", line, null);
        var logger = _loggers.GetOrAdd(CategoryOf(entry.Category), loggers.CreateLogger);
        if (logger.IsEnabled(entry.LogLevel))
            logger.Log(entry.LogLevel, 0, entry, null, static (said, _) => said.Text);
    }

    internal static string CategoryOf(string category) => category.StartsWith(OwnPrefix, StringComparison.Ordinal)
        ? $"{Category}.{category[OwnPrefix.Length..]}"
        : $"{Category}.ThirdParty.{category}";

    /// <summary>Each console line is kept with the time at which it was written in front.</summary>
    private static string WithoutTimestamp(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && DateTimeOffset.TryParse(line.AsSpan(0, space), null, out _) ? line[(space + 1)..] : line;
    }

    private static DashboardLogEntry? Parse(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, DashboardLogContext.Default.DashboardLogEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record DashboardLogEntry(LogLevel LogLevel, string Category, string Message, string? Exception)
{
    [JsonIgnore]
    public string Text => Exception is null ? Message : $"{Message}{Environment.NewLine}{Exception}";
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(DashboardLogEntry))]
internal sealed partial class DashboardLogContext : JsonSerializerContext;
