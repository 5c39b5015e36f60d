using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace QuizAspire.AppHost.Monitoring.LocalServer;

internal static class MonitoringServerExtensions
{
    /// <summary>Adds AppHost's own web server. It listens before any process starts, and until the last has ended.</summary>
    public static MonitoringServer AddMonitoringServer(this IDistributedApplicationBuilder builder)
    {
        var server = new MonitoringServer();
        // By a factory, for the application to dispose of it.
        builder.Services.AddSingleton(_ => server);
        // A line for every request would hide what AppHost has to say.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, cancellation) => starting.Services.GetRequiredService<MonitoringServer>()
            .StartAsync(starting.Services.GetRequiredService<ILoggerFactory>(), cancellation));
        return server;
    }
}
