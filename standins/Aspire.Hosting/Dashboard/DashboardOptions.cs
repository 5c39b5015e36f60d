using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Where the dashboard listens and the keys of this run. Every address but the resource service's is fixed before anything starts,
/// so that a resource's environment can name the OTLP endpoint before the dashboard is up.
/// </summary>
internal sealed class DashboardOptions
{
    internal const string FrontendUrlsKey = "ASPNETCORE_URLS";
    internal const string OtlpGrpcUrlKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    internal const string OtlpHttpUrlKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    internal const string ResourceServiceUrlKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";
    internal const string FrontendTokenKey = "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN";
    internal const string BrowserTokenKey = "AppHost:BrowserToken";
    internal const string OtlpApiKeyKey = "AppHost:OtlpApiKey";
    internal const string ApiKeyKey = "AppHost:DashboardApiKey";
    internal const string ResourceServiceApiKeyKey = "AppHost:ResourceService:ApiKey";

    /// <summary>False with <c>DistributedApplicationOptions.DisableDashboard</c>; then nothing listens and the addresses are null.</summary>
    public bool Enabled { get; init; }

    /// <summary>The page's title.</summary>
    public string ApplicationName { get; init; } = "";

    /// <summary>The page's address, one URL without a path. A list in configuration keeps only its first http entry.</summary>
    public string? FrontendUrl { get; init; }

    /// <summary>Null when only the HTTP endpoint is configured.</summary>
    public string? OtlpGrpcUrl { get; init; }

    /// <summary>Null when only the gRPC endpoint is configured.</summary>
    public string? OtlpHttpUrl { get; init; }

    /// <summary>Sent by resources as the header <c>x-otlp-api-key</c>.</summary>
    public string OtlpApiKey { get; init; } = "";

    public string BrowserToken { get; init; } = "";

    /// <summary>Key of the dashboard's own telemetry API, header <c>x-api-key</c>.</summary>
    public string ApiKey { get; init; } = "";

    public string ResourceServiceApiKey { get; init; } = "";

    /// <summary>The configured address of the resource service, or null for any free port. It listens on <see cref="ResourceServiceUrl"/>.</summary>
    public string? ConfiguredResourceServiceUrl { get; init; }

    /// <summary>Known once the resource service listens, which is before any resource starts.</summary>
    public string? ResourceServiceUrl { get; set; }

    public string LoginUrl => $"{FrontendUrl}/login?t={BrowserToken}";

    /// <summary>Writes the keys that this run makes up into the configuration, where an AppHost program may read them.</summary>
    public static void AddKeys(IConfigurationManager configuration)
    {
        var keys = new Dictionary<string, string?>
        {
            [BrowserTokenKey] = configuration[FrontendTokenKey] ?? configuration[BrowserTokenKey] ?? NewKey(),
            [OtlpApiKeyKey] = configuration[OtlpApiKeyKey] ?? NewKey(),
            [ApiKeyKey] = configuration[ApiKeyKey] ?? NewKey(),
            ["AppHost:ResourceService:AuthMode"] = "ApiKey",
            [ResourceServiceApiKeyKey] = NewKey(),
        };
        configuration.AddInMemoryCollection(keys);
    }

    /// <summary>Reads what <see cref="AddKeys"/> and the environment have set, and chooses a free port wherever no port is asked for.</summary>
    public static DashboardOptions From(IConfiguration configuration, bool enabled)
    {
        if (!enabled)
            return new DashboardOptions();

        var ports = new FreePorts();
        var anyPort = configuration["DcpPublisher:RandomizePorts"] is { } randomize && bool.TryParse(randomize, out var yes) && yes;
        var (grpc, http) = (NullIfBlank(configuration[OtlpGrpcUrlKey]), NullIfBlank(configuration[OtlpHttpUrlKey]));
        var both = grpc is null && http is null;
        return new DashboardOptions
        {
            Enabled = true,
            ApplicationName = Title(configuration["AppHost:DashboardApplicationName"] ?? ""),
            FrontendUrl = Choose(FirstUrl(NullIfBlank(configuration[FrontendUrlsKey])), true),
            OtlpGrpcUrl = Choose(grpc, both),
            OtlpHttpUrl = Choose(http, both),
            OtlpApiKey = configuration[OtlpApiKeyKey]!,
            BrowserToken = configuration[BrowserTokenKey]!,
            ApiKey = configuration[ApiKeyKey]!,
            ResourceServiceApiKey = configuration[ResourceServiceApiKeyKey]!,
            ConfiguredResourceServiceUrl = anyPort ? null : NullIfBlank(configuration[ResourceServiceUrlKey]),
        };

        string? Choose(string? configured, bool wanted)
        {
            if (configured is null)
                return wanted ? $"http://127.0.0.1:{ports.Next()}" : null;
            var url = new UriBuilder(configured);
            if (anyPort || url.Port == 0)
                url.Port = ports.Next();
            return url.Uri.GetLeftPart(UriPartial.Authority);
        }
    }

    /// <summary>The project's name without the suffix that every such project has.</summary>
    private static string Title(string applicationName) =>
        applicationName.EndsWith("AppHost", StringComparison.OrdinalIgnoreCase) && applicationName.Length > "AppHost".Length
            ? applicationName[..^"AppHost".Length].TrimEnd('.')
            : applicationName;

    private static string? FirstUrl(string? urls)
    {
        var all = urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return all.FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) ?? all.FirstOrDefault();
    }

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    /// <summary>128 random bits in hex.</summary>
    private static string NewKey() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
