using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// The dashboard as a resource of the model that it shows: a hidden executable, started first, that cannot be stopped from its own page.
/// </summary>
internal static class DashboardResource
{
    public const string Name = "aspire-dashboard";
    public const string HealthCheckKey = "aspire-dashboard_health";

    public static ExecutableResource Create(
        DashboardOptions options, string path, IConfiguration configuration, Func<CancellationToken, Task<string>> resourceServiceUrl)
    {
        var resource = new ExecutableResource(Name, path, Path.GetDirectoryName(path)!);
        var annotations = resource.Annotations;
        annotations.Add(new CommandLineArgsCallbackAnnotation(args => args.Add("dashboard")));
        annotations.Add(new EnvironmentCallbackAnnotation(async context =>
        {
            foreach (var (name, value) in Environment(options, path, configuration, await resourceServiceUrl(context.CancellationToken)))
                context.EnvironmentVariables[name] = value;
        }));
        AddEndpoint(resource, null, options.FrontendUrl);
        AddEndpoint(resource, "otlp-grpc", options.OtlpGrpcUrl);
        AddEndpoint(resource, "otlp-http", options.OtlpHttpUrl);
        annotations.Add(new ResourceUrlsCallbackAnnotation(context => LabelUrls(context.Urls, options)));
        annotations.Add(new ResourceIconAnnotation("ContentView"));
        annotations.Add(new HealthCheckAnnotation(HealthCheckKey));
        annotations.Add(new ExcludeLifecycleCommandsAnnotation());
        annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot
        {
            ResourceType = "Executable",
            Properties = ImmutableArray<ResourcePropertySnapshot>.Empty,
            IsHidden = true,
        }));
        return resource;
    }

    /// <summary>What the dashboard's process is told; its own names for it.</summary>
    internal static Dictionary<string, string> Environment(
        DashboardOptions options, string path, IConfiguration configuration, string resourceServiceUrl)
    {
        var environment = configuration.AsEnumerable()
            .Where(entry => entry.Key.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && entry.Value is not null)
            .ToDictionary(entry => entry.Key, entry => entry.Value!);

        environment["ASPNETCORE_ENVIRONMENT"] = configuration["ASPNETCORE_ENVIRONMENT"] ?? "Production";
        environment[DashboardOptions.FrontendUrlsKey] = options.FrontendUrl!;
        SetOrRemove(DashboardOptions.OtlpGrpcUrlKey, options.OtlpGrpcUrl);
        SetOrRemove(DashboardOptions.OtlpHttpUrlKey, options.OtlpHttpUrl);
        environment[DashboardOptions.ResourceServiceUrlKey] = resourceServiceUrl;
        environment["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"] = "ApiKey";
        environment["DASHBOARD__RESOURCESERVICECLIENT__APIKEY"] = options.ResourceServiceApiKey;
        environment["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
        environment["DASHBOARD__FRONTEND__BROWSERTOKEN"] = options.BrowserToken;
        environment["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
        environment["DASHBOARD__OTLP__PRIMARYAPIKEY"] = options.OtlpApiKey;
        environment["DASHBOARD__API__AUTHMODE"] = "ApiKey";
        environment["DASHBOARD__API__PRIMARYAPIKEY"] = options.ApiKey;
        // Its log is read line by line and written on in the application host's own.
        environment["LOGGING__CONSOLE__FORMATTERNAME"] = "json";
        // It ends within a second of this process, however that ends.
        environment["ASPIRE_CLI_PID"] = System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        environment["HOME"] = Home(path);
        return environment;

        void SetOrRemove(string name, string? value)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = value;
        }
    }

    /// <summary>
    /// Keeps the keys of its login cookies with the bundle instead of in the user's home: it asks for no second login after a restart.
    /// </summary>
    private static string Home(string path) =>
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "home")).FullName;

    private static void AddEndpoint(ExecutableResource resource, string? name, string? url)
    {
        if (url is null)
            return;

        var address = new Uri(url);
        // Without a proxy in between: the dashboard listens on the very port that was configured.
        resource.Annotations.Add(new EndpointAnnotation(
            ProtocolType.Tcp, uriScheme: address.Scheme, transport: name == "otlp-grpc" ? "http2" : null, name: name ?? address.Scheme,
            port: address.Port, isProxied: false)
        {
            TargetHost = address.Host,
        });
    }

    /// <summary>Makes the page's URL one that logs in by itself: where an AppHost program finds it, in this resource's snapshot.</summary>
    private static void LabelUrls(List<ResourceUrlAnnotation> urls, DashboardOptions options)
    {
        foreach (var url in urls)
        {
            if (url.Endpoint?.EndpointName is "http" or "https")
            {
                url.DisplayText = $"Dashboard ({url.Endpoint.EndpointName})";
                url.DisplayOrder = 1;
                url.Url = $"{url.Url}/login?t={options.BrowserToken}";
            }
            else
            {
                url.DisplayText = url.Endpoint?.EndpointName;
            }
        }
    }
}
