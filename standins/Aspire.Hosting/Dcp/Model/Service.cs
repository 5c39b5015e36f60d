namespace Aspire.Hosting.Dcp.Model;

/// <summary>A port that DCP listens on for the processes that serve it.</summary>
internal sealed class Service : DcpObject
{
    public override string Kind { get; set; } = nameof(Service);

    public ServiceSpec Spec { get; set; } = new();

    public ServiceStatus? Status { get; set; }
}

internal sealed class ServiceSpec
{
    public string Address { get; set; } = "127.0.0.1";

    public int? Port { get; set; }

    public string Protocol { get; set; } = "TCP";

    public string AddressAllocationMode { get; set; } = "Localhost";
}

internal sealed class ServiceStatus
{
    public string? State { get; set; }

    public string? EffectiveAddress { get; set; }

    public int? EffectivePort { get; set; }
}
