using System.Diagnostics.Metrics;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>The HTTP client of an exporter, for a collector that may be absent, slow or hostile.</summary>
internal static class CollectorClient
{
    public static HttpClient Create(OtlpSettings settings, CollectorWatch watch, CancellationToken end)
    {
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !settings.Endpoint.IsLoopback,
            ConnectTimeout = settings.Timeout,
            MaxResponseHeadersLength = 16, // KB
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(500),
            // So that a name that has moved is looked up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // No telemetry about telemetry: it would never end.
            ActivityHeadersPropagator = null,
            MeterFactory = UnobservedMeters.Instance,
        };
        var client = new HttpClient(new CollectorHandler(connections, watch, AwsSigner.For(settings.Endpoint, TimeProvider.System), end))
        {
            Timeout = settings.Timeout,
        };
        foreach (var (name, value) in HeadersOf(settings.Headers))
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);

        return client;
    }

    /// <summary>Pairs with commas between, percent-encoded; one that is not a pair, or no header, is left out.</summary>
    private static IEnumerable<(string Name, string Value)> HeadersOf(string? list) =>
        from pair in (list ?? "").Split(',')
        let middle = pair.IndexOf('=', StringComparison.Ordinal)
        where middle > 0
        let value = Uri.UnescapeDataString(pair[(middle + 1)..].Trim())
        // The client would send a line break as it is.
        where !value.AsSpan().ContainsAnyExceptInRange(' ', '~')
        select (Uri.UnescapeDataString(pair[..middle].Trim()), value);

    private sealed class UnobservedMeters : IMeterFactory
    {
        public static readonly UnobservedMeters Instance = new();

        // Of a name that no pipeline here listens to.
        private readonly Meter _meter = new("Unobserved");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose()
        {
        }
    }
}
