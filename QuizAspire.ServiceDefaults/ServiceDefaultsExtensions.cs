using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.ServiceDefaults;

/// <summary>What every process of the system has: telemetry, health checks, and patience with other servers.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds telemetry, sent to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> where set, and a health check that says the process answers.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.Services.AddHttpResilience();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [HealthEndpoints.LiveTag]);
        return builder;
    }
}
