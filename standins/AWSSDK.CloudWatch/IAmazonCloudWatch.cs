using Amazon.CloudWatch.Model;
using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>The operations of CloudWatch that this solution uses, with the real client's shapes.</summary>
public interface IAmazonCloudWatch : IAmazonService, IDisposable
{
    // What the SDK's dependency injection package makes a client from.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonCloudWatchConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonCloudWatchClient(awsCredentials, (AmazonCloudWatchConfig)clientConfig);

    Task<GetMetricDataResponse> GetMetricDataAsync(GetMetricDataRequest request, CancellationToken cancellationToken = default);
}
