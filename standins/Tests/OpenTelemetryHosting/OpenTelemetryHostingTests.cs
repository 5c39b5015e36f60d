using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Standins.Tests.OpenTelemetryHosting;

public sealed class OpenTelemetryHostingTests
{
    [Fact]
    public async Task Telemetry_of_services_that_start_with_the_host_is_exported_by_the_time_the_host_is_disposed()
    {
        var spans = new Kept<Activity>(span => span.DisplayName);
        var metrics = new Kept<Metric>(metric => metric.Name);
        var logs = new Kept<LogRecord>(log => log.FormattedMessage);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<Worker>(); // before AddOpenTelemetry, which starts first all the same
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("worker-service"))
            .WithTracing(tracing => tracing.AddSource(Worker.Name).AddProcessor(new BatchActivityExportProcessor(spans)))
            .WithMetrics(metering => metering.AddMeter(Worker.Name).AddReader(new PeriodicExportingMetricReader(metrics)))
            .WithLogging(logging => logging.AddProcessor(new BatchLogRecordExportProcessor(logs)), options => options.IncludeFormattedMessage = true);

        using (var host = builder.Build())
        {
            await host.StartAsync();
            await host.StopAsync();
        }

        Assert.Equal(["work"], spans.Names);
        Assert.Equal(["jobs"], metrics.Names.Distinct());
        Assert.Single(logs.Names, "worked");
        Assert.All([spans.Resource, metrics.Resource, logs.Resource], resource =>
            Assert.Contains(resource!.Attributes, attribute => attribute is { Key: "service.name", Value: "worker-service" }));
    }

    [Fact]
    public void Adding_it_twice_starts_it_once_and_first()
    {
        var services = new ServiceCollection().AddHostedService<Worker>();

        services.AddOpenTelemetry().WithTracing();
        services.AddOpenTelemetry().WithTracing().WithMetrics().WithLogging();

        var hosted = services.Where(service => service.ServiceType == typeof(IHostedService)).Select(service => service.ImplementationType?.Name);
        Assert.Equal(["TelemetryHostedService", nameof(Worker)], hosted);
        Assert.Single(services, service => service.ServiceType == typeof(TracerProvider));
    }

    private sealed class Worker(ILogger<Worker> log) : IHostedService
    {
        public const string Name = "Standins.Tests.Worker";
        private static readonly ActivitySource Source = new(Name);
        private static readonly Counter<int> Jobs = new Meter(Name).CreateCounter<int>("jobs");

        public Task StartAsync(CancellationToken cancellationToken)
        {
            using var work = Source.StartActivity("work");
            Jobs.Add(1);
            log.Log(LogLevel.Warning, "worked");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Kept<T>(Func<T, string?> nameOf) : BaseExporter<T> where T : class
    {
        // Only names are kept, because the SDK uses its records again.
        public ConcurrentQueue<string?> Names { get; } = new();

        public Resource? Resource { get; private set; }

        public override ExportResult Export(in Batch<T> batch)
        {
            Resource = ParentProvider.GetResource();
            foreach (var item in batch)
            {
                Names.Enqueue(nameOf(item));
            }

            return ExportResult.Success;
        }
    }
}
