using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dashboard and the resource service that feeds it, or nothing but disabled options when <paramref name="enabled"/> is false.
    /// The application builder calls this once, in run mode, when the command line is part of its configuration.
    /// </summary>
    public static void AddDashboard(this IServiceCollection services, IConfigurationManager configuration, bool enabled)
    {
        // Read when the application starts: until then its program may still set addresses.
        services.AddSingleton(provider => DashboardOptions.From(provider.GetRequiredService<IConfiguration>(), enabled));
        if (!enabled)
            return;

        DashboardOptions.AddKeys(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ResourceFeed>();
        services.AddHostedService<ResourceFeedPump>();
        services.AddSingleton<ResourceService>();
        services.AddSingleton<ResourceServiceHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ResourceServiceHost>());
        services.AddEventingSubscriber<DashboardSubscriber>();
        services.AddSingleton<DashboardHealthCheck>();
        services.AddHealthChecks().AddCheck<DashboardHealthCheck>(DashboardResource.HealthCheckKey);
        services.AddLogging(logging =>
        {
            // Its Information lines repeat what the application host says, the login address among them.
            logging.AddFilter(DashboardLog.Category, LogLevel.Error);
            logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
            logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.Warning);
            logging.AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning);
        });
    }
}
