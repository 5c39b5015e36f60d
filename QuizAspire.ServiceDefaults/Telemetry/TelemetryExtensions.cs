using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace QuizAspire.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // ASP.NET Core asks for it where nothing is sent, too.
        builder.Services.AddSingleton<DistributedContextPropagator>(new TraceWithoutBaggage(DistributedContextPropagator.Current));
        var configuration = builder.Configuration;
        if (TelemetryPipeline.For(new TelemetryTarget { Variables = name => configuration[name], IncludesHttp = true }) is not { } pipeline)
        {
            builder.Services.AddSingleton(TelemetryFlush.Off);
            return;
        }

        builder.Services.AddSingleton(pipeline.Flush);
        builder.Services.AddSingleton<IStartupFilter, RequestSpans>();
        builder.Services.AddHostedService(_ => new TelemetryEnd(pipeline));
        pipeline.AddTo(builder.Services.AddOpenTelemetry());
    }

    /// <summary>The container flushes when it is disposed, which this keeps short.</summary>
    private sealed class TelemetryEnd(TelemetryPipeline pipeline) : IHostedLifecycleService
    {
        private static readonly TimeSpan LastExports = TimeSpan.FromSeconds(2);

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken)
        {
            pipeline.EndWithin(LastExports);
            return Task.CompletedTask;
        }
    }
}
