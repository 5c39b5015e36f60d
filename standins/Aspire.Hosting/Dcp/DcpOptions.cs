using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dcp;

internal sealed class DcpOptions
{
    /// <summary>The DCP binary: given by configuration, else by the metadata that the build writes into the AppHost's assembly.</summary>
    public string? CliPath { get; init; }

    /// <summary>Proxied endpoints get free ports instead of their own, so that several applications can run at once.</summary>
    public bool RandomizePorts { get; init; }

    public static DcpOptions From(IConfiguration configuration, DistributedApplicationOptions options) => new()
    {
        CliPath = configuration["DcpPublisher:CliPath"] ?? options.Metadata("dcpclipath"),
        RandomizePorts = configuration.GetValue("DcpPublisher:RandomizePorts", false),
    };
}
