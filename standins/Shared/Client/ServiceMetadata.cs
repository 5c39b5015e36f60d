using Amazon.Runtime.Internal;

namespace Amazon.Standins.Client;

/// <summary>What the runtime names the service by in metrics, traces and its user agent.</summary>
internal sealed class ServiceMetadata(string serviceId) : IServiceMetadata
{
    public string ServiceId => serviceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
