using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace QuizAspire.AppHost.Monitoring.Telemetry;

internal static class HostTelemetryExtensions
{
    /// <summary>Adds it, if that has not been done: each part that has something to tell may ask for it.</summary>
    public static void AddHostTelemetry(this IDistributedApplicationBuilder builder)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(HostTelemetry)))
            return;

        // Not among the resources of the application: it stands for AppHost, and is there only to be told what a process is told.
        var process = builder.CreateResourceBuilder(new HostProcess("apphost")).WithOtlpExporter().Resource;
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<HostTelemetry>(services, process, builder.ExecutionContext));
        builder.Services.AddHostedService(services => services.GetRequiredService<HostTelemetry>());
    }

    private sealed class HostProcess(string name) : Resource(name), IResourceWithEnvironment;
}
