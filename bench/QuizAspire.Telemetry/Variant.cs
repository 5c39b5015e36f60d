using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>One way to run the same program.</summary>
/// <param name="Share">Of all traces, which are sampled; null where there is no telemetry.</param>
/// <param name="Logs">Whether logs are exported too: in the cloud they are not, because Lambda's own log has them.</param>
/// <param name="Root">Of another build to measure; null for this repository.</param>
internal sealed record Variant(string Name, double? Share = null, bool Logs = false, string? Root = null)
{
    /// <summary>The variables of OpenTelemetry, as the template sets them. Delays and sizes are the defaults.</summary>
    public Dictionary<string, string> Environment(string service, string endpoint, bool grpc)
    {
        if (Share is not { } share)
            return [];

        var variables = new Dictionary<string, string>
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
            ["OTEL_TRACES_SAMPLER"] = share < 1 ? "parentbased_traceidratio" : "parentbased_always_on",
            ["OTEL_TRACES_SAMPLER_ARG"] = share.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var signal in (string[])["traces", "metrics", .. Logs ? ["logs"] : Array.Empty<string>()])
            variables[$"OTEL_EXPORTER_OTLP_{signal.ToUpperInvariant()}_ENDPOINT"] = grpc ? endpoint : $"{endpoint}/v1/{signal}";
        return variables;
    }
}
