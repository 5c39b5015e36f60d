using System.Globalization;
using OpenTelemetry.Exporter;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>Where and how one signal is exported, from OpenTelemetry's variables: the signal's own (<c>OTEL_EXPORTER_OTLP_TRACES_*</c>), else those for all.</summary>
internal sealed record OtlpSettings(Uri Endpoint, OtlpExportProtocol Protocol, string? Headers, TimeSpan Timeout)
{
    // The specification's own. A collector next door needs milliseconds, but seconds while it starts, and what it does not take then is lost.
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Null if the signal has no endpoint, or is turned off: then it is not exported.</summary>
    public static OtlpSettings? Read(OtlpSignal signal, Func<string, string?> variables)
    {
        var name = signal.ToString().ToUpperInvariant();
        if (IsSaid(variables("OTEL_SDK_DISABLED"), "true") || IsSaid(variables($"OTEL_{name}_EXPORTER"), "none"))
            return null;

        string? Value(string setting) =>
            NonEmpty(variables($"OTEL_EXPORTER_OTLP_{name}_{setting}")) ?? NonEmpty(variables($"OTEL_EXPORTER_OTLP_{setting}"));

        // The exporter's own default is gRPC, the specification's is HTTP.
        var protocol = IsSaid(Value("PROTOCOL") ?? "grpc", "grpc") ? Grpc : OtlpExportProtocol.HttpProtobuf;
        return EndpointOf(signal, name, protocol, variables) is { } endpoint
            ? new OtlpSettings(endpoint, protocol, Value("HEADERS"), Milliseconds(Value("TIMEOUT")) ?? DefaultTimeout)
            : null;
    }

    /// <summary>The endpoint for all signals is a base; a signal's own is used as it is.</summary>
    private static Uri? EndpointOf(OtlpSignal signal, string name, OtlpExportProtocol protocol, Func<string, string?> variables)
    {
        if (Http(variables($"OTEL_EXPORTER_OTLP_{name}_ENDPOINT")) is { } own)
            return own;

        return Http(variables("OTEL_EXPORTER_OTLP_ENDPOINT")) is not { } all || protocol == Grpc
            ? Http(variables("OTEL_EXPORTER_OTLP_ENDPOINT"))
            : new UriBuilder(all) { Path = $"{all.AbsolutePath.TrimEnd('/')}/v1/{signal.ToString().ToLowerInvariant()}" }.Uri;
    }

    // Marked obsolete for platforms without HTTP/2, none of which this runs on.
#pragma warning disable CS0618
    private static OtlpExportProtocol Grpc => OtlpExportProtocol.Grpc;
#pragma warning restore CS0618

    private static Uri? Http(string? url) =>
        Uri.TryCreate(NonEmpty(url), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static TimeSpan? Milliseconds(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? TimeSpan.FromMilliseconds(number) : null;

    private static bool IsSaid(string? value, string word) => string.Equals(value?.Trim(), word, StringComparison.OrdinalIgnoreCase);

    private static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
