using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test see the builder that an AppHost's own Main makes. The hook flows with the asynchronous context in which Main runs,
/// so that several AppHosts can be built at once in one process.
/// </summary>
internal sealed class BuilderHooks
{
    private static readonly AsyncLocal<BuilderHooks?> Ambient = new();

    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? Constructing { get; init; }

    public Action<DistributedApplicationBuilder>? Constructed { get; init; }

    public Action<DistributedApplicationBuilder>? Building { get; init; }

    public Action<DistributedApplication>? Built { get; init; }

    public void Install() => Ambient.Value = this;

    public static void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        => Ambient.Value?.Constructing?.Invoke(options, settings);

    public static void OnConstructed(DistributedApplicationBuilder builder) => Ambient.Value?.Constructed?.Invoke(builder);

    public static void OnBuilding(DistributedApplicationBuilder builder) => Ambient.Value?.Building?.Invoke(builder);

    public static void OnBuilt(DistributedApplication application) => Ambient.Value?.Built?.Invoke(application);
}
