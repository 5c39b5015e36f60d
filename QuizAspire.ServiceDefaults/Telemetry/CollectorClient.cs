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
        return new HttpClient(new CollectorHandler(connections, watch, AwsSigner.For(settings.Endpoint, TimeProvider.System), end)) { Timeout = settings.Timeout };
    }

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
