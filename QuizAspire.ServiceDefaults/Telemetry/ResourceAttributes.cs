using System.Globalization;
using System.Reflection;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>What describes the process in each signal, by OpenTelemetry's conventions; what <c>OTEL_RESOURCE_ATTRIBUTES</c> says wins.</summary>
internal static class ResourceAttributes
{
    public static IReadOnlyDictionary<string, object> Of(Func<string, string?> variables)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["service.instance.id"] = Guid.NewGuid().ToString("D"),
        };
        if (Version() is { } version)
            attributes["service.version"] = version;

        AddLambda(attributes, variables);
        foreach (var (name, value) in Said(variables("OTEL_RESOURCE_ATTRIBUTES")))
        {
            attributes[name] = value;
            // What is said to be nothing is left out: not everything that the dashboard shows has instances.
            if (value.Length == 0)
                attributes.Remove(name);
        }

        // By the specification this wins over the list.
        if (variables("OTEL_SERVICE_NAME") is { Length: > 0 } service)
            attributes["service.name"] = service;

        attributes.TryAdd("service.name", attributes.GetValueOrDefault("faas.name") ?? $"unknown_service:{Environment.ProcessPath}");
        return attributes;
    }

    private static void AddLambda(Dictionary<string, object> attributes, Func<string, string?> variables)
    {
        if (variables("AWS_LAMBDA_FUNCTION_NAME") is not { Length: > 0 } function)
            return;

        attributes["cloud.provider"] = "aws";
        attributes["cloud.platform"] = "aws_lambda";
        attributes["faas.name"] = function;
        Add("cloud.region", variables("AWS_REGION"));
        Add("faas.version", variables("AWS_LAMBDA_FUNCTION_VERSION"));
        // The log stream is what Lambda itself tells one sandbox from another by.
        Add("faas.instance", variables("AWS_LAMBDA_LOG_STREAM_NAME"));
        Add("service.instance.id", variables("AWS_LAMBDA_LOG_STREAM_NAME"));
        if (long.TryParse(variables("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes))
            attributes["faas.max_memory"] = megabytes * 1024 * 1024;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                attributes[name] = value;
        }
    }

    /// <summary>Pairs with commas between, percent-encoded; one that is not a pair is left out.</summary>
    private static IEnumerable<(string Name, string Value)> Said(string? list) =>
        from pair in (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let middle = pair.IndexOf('=', StringComparison.Ordinal)
        where middle > 0
        select (pair[..middle].Trim(), Uri.UnescapeDataString(pair[(middle + 1)..].Trim()));

    private static string? Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
