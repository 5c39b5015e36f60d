using Amazon.Runtime.Internal;

namespace Amazon.SQS.Internal;

/// <summary>What the runtime names the service by in metrics, traces and its user agent.</summary>
internal sealed class SqsMetadata : IServiceMetadata
{
    public string ServiceId => AmazonSQSConfig.ServiceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
