using QuizAspire.AppHost;

namespace QuizAspire.Tests.Support.Otlp;

/// <summary>What tests do with collectors.</summary>
internal static class Collectors
{
    public static Task<CollectorStub> StartAsync(CollectorMode mode = CollectorMode.Good) =>
        CollectorStub.StartAsync(LocalPorts.Free(), LocalPorts.Free(), mode);

    /// <summary>
    /// The variables that let a process export everything to the collector, over HTTP unless told otherwise, without waiting for a batch or an interval
    /// for longer than a test would.
    /// </summary>
    public static Dictionary<string, string> EnvironmentFor(this CollectorStub collector, string service, bool grpc = false) => new()
    {
        ["OTEL_SERVICE_NAME"] = service,
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = grpc ? collector.GrpcEndpoint : collector.HttpEndpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = grpc ? "grpc" : "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Waits for the one span for which that holds.</summary>
    public static Task<OtlpSpan> SpanAsync(this CollectorStub collector, string what, Func<OtlpSpan, bool> isMeant) =>
        ComesAsync(() => collector.Spans.FirstOrDefault(isMeant), what, () => string.Join('\n', collector.Spans));

    public static Task<OtlpLog> LogAsync(this CollectorStub collector, string what, Func<OtlpLog, bool> isMeant) =>
        ComesAsync(() => collector.Logs.FirstOrDefault(isMeant), what, () => string.Join('\n', collector.Logs.Select(log => log.Body)));

    /// <summary>Waits for the newest state of a metric for which that holds.</summary>
    public static Task<OtlpMetric> MetricAsync(this CollectorStub collector, string name, Func<OtlpMetric, bool>? isMeant = null) => ComesAsync(
        () => collector.Metrics.LastOrDefault(metric => metric.Name == name) is { } metric && isMeant?.Invoke(metric) != false ? metric : null,
        $"metric {name}",
        () => string.Join(", ", collector.Metrics.Select(metric => metric.Name).Distinct()));

    private static async Task<T> ComesAsync<T>(Func<T?> find, string what, Func<string> instead)
        where T : class
    {
        T? found = null;
        try
        {
            await Eventually.BecomesTrueAsync(() => Task.FromResult((found = find()) is not null), what);
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what} did not come, but:\n{instead()}");
        }

        return found!;
    }
}
