using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>One way to run the same program.</summary>
/// <param name="Share">Of all traces, which are sampled; null where there is no telemetry.</param>
/// <param name="Root">Of another build to measure; null for this repository.</param>
internal sealed record Variant(string Name, double? Share = null, string? Root = null)
{
    /// <summary>The variables of OpenTelemetry, as the template and the platforms set them. Delays and sizes are the defaults.</summary>
    public Dictionary<string, string> Environment(string service, string endpoint, bool grpc) => Share is not { } share ? [] : new()
    {
        ["OTEL_SERVICE_NAME"] = service,
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = share < 1 ? "parentbased_traceidratio" : "parentbased_always_on",
        ["OTEL_TRACES_SAMPLER_ARG"] = share.ToString(CultureInfo.InvariantCulture),
    };
}
