using Amazon.CloudWatch.Internal;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Standins.Client;

namespace Amazon.CloudWatch;

/// <summary>CloudWatch over its query protocol, on the SDK's own runtime pipeline. Safe for use by many threads at once.</summary>
public class AmazonCloudWatchClient : AmazonServiceClient, IAmazonCloudWatch
{
    public AmazonCloudWatchClient() : base(new AmazonCloudWatchConfig())
    {
    }

    public AmazonCloudWatchClient(AmazonCloudWatchConfig config) : base(config)
    {
    }

    public AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata(AmazonCloudWatchConfig.ServiceId);

    public virtual Task<GetMetricDataResponse> GetMetricDataAsync(GetMetricDataRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetMetricDataResponse>(request, Operations.GetMetricData.ToInvokeOptions(), cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => ServicePipeline.AddTo(pipeline);
}
