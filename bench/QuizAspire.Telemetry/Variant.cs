using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>One way to run the same program.</summary>
/// <param name="Share">Of all traces, which are sampled; null where there is no telemetry.</param>
/// <param name="Logs">Whether logs are exported too: in the cloud they are not, because Lambda's own log has them.</param>
/// <param name="Root">Of another build to measure; null for this repository.</param>
/// <param name="Others">Variables in the place of those that it would have, or beside them.</param>
internal sealed record Variant(
    string Name, double? Share = null, bool Logs = false, string? Root = null, IReadOnlyList<(string Name, string Value)>? Others = null)
{
    /// <summary>All traced but for what the text says, such as <c>OTEL_TRACES_EXPORTER=none,OTEL_BSP_SCHEDULE_DELAY=100</c>.</summary>
    public static Variant Of(string variables)
    {
        var others = variables.Split(',').Select(variable => variable.Split('=', 2)).Select(parts => (parts[0], parts.ElementAtOrDefault(1) ?? "")).ToList();
        var share = others.Where(other => other.Item1 == "OTEL_TRACES_SAMPLER_ARG").Select(other => double.Parse(other.Item2, CultureInfo.InvariantCulture));
        return new Variant(variables, share.FirstOrDefault(1), Others: others);
    }

    /// <summary>
    /// The variables of OpenTelemetry, as the template sets them. Delays and sizes are the defaults, but metrics are not sent on by the clock: a process that
    /// works for a fraction of the time would have a multiple of the exports of a busy one. What one costs is measured by <see cref="Exports"/>.
    /// </summary>
    public Dictionary<string, string> Environment(string service, string endpoint, bool grpc)
    {
        if (Share is not { } share)
            return [];

        var variables = new Dictionary<string, string>
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
            ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = "delta",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "3600000",
            ["OTEL_TRACES_SAMPLER"] = share < 1 ? "parentbased_traceidratio" : "parentbased_always_on",
            ["OTEL_TRACES_SAMPLER_ARG"] = share.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var signal in (string[])["traces", "metrics", .. Logs ? ["logs"] : Array.Empty<string>()])
            variables[$"OTEL_EXPORTER_OTLP_{signal.ToUpperInvariant()}_ENDPOINT"] = grpc ? endpoint : $"{endpoint}/v1/{signal}";
        foreach (var (name, value) in Others ?? [])
            variables[name] = value;
        return variables;
    }
}
