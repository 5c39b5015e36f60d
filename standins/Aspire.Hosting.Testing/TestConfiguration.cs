using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What differs for an AppHost in a test: no dashboard, free ports, and its own launch profile's variables as configuration.</summary>
internal static class TestConfiguration
{
    public static void Apply(
        DistributedApplicationOptions options, HostApplicationBuilderSettings settings, string[] args, Assembly assembly,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var given = settings.Args ?? [];
        settings.Args = options.Args = given.SequenceEqual(args) ? given : [.. given, .. args];
        settings.ApplicationName = options.AssemblyName = assembly.GetName().Name!;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        settings.Configuration ??= new ConfigurationManager();
        SetDefaults(settings, new Dictionary<string, string?>
        {
            ["DcpPublisher:RandomizePorts"] = "true",
            ["ASPNETCORE_URLS"] = "http://localhost:8080",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        });
        configure(options, settings);
        AddLaunchProfile(settings, assembly);
    }

    private static void AddLaunchProfile(HostApplicationBuilderSettings settings, Assembly assembly)
    {
        var directory = assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "apphostprojectpath")?.Value;
        if (directory is null || !Directory.Exists(directory))
            return;
        settings.ContentRootPath ??= directory;
        var profiles = LaunchProfiles.Read(directory)?.Profiles ?? [];
        var name = Existing(settings)["DOTNET_LAUNCH_PROFILE"] ?? profiles.Keys.FirstOrDefault();
        if (name is null)
            return;
        if (!profiles.TryGetValue(name, out var profile))
            throw new InvalidOperationException($"The application host's launch settings have no profile '{name}'.");

        var defaults = new Dictionary<string, string?> { ["DOTNET_LAUNCH_PROFILE"] = name };
        foreach (var (key, value) in profile.EnvironmentVariables)
        {
            defaults[key] = value;
            // The host reads its own settings from variables with either prefix.
            foreach (var prefix in new[] { "DOTNET_", "ASPNETCORE_" })
            {
                if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    defaults[key[prefix.Length..]] = value;
            }
        }
        SetDefaults(settings, defaults);
    }

    private static void SetDefaults(HostApplicationBuilderSettings settings, Dictionary<string, string?> values)
    {
        var existing = Existing(settings);
        // As a list: the configuration reads its sources again whenever one is added, and would then find these values "existing".
        settings.Configuration!.AddInMemoryCollection(values.Where(value => existing[value.Key] is null).ToList());
    }

    private static IConfiguration Existing(HostApplicationBuilderSettings settings)
        => new ConfigurationBuilder().AddConfiguration(settings.Configuration!).AddCommandLine(settings.Args ?? []).Build();
}
