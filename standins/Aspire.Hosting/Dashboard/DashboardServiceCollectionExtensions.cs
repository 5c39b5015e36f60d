using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dashboard and the resource service that feeds it, or nothing but disabled options when <paramref name="enabled"/> is false.
    /// The application builder calls this once, in run mode, when the command line is part of its configuration.
    /// </summary>
    public static DashboardOptions AddDashboard(this IServiceCollection services, IConfigurationManager configuration, bool enabled)
    {
        if (enabled)
            DashboardOptions.AddKeys(configuration);

        var options = DashboardOptions.From(configuration, enabled);
        services.AddSingleton(options);
        return options;
    }
}
