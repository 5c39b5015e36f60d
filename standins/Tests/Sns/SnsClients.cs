using Amazon.Runtime;
using Amazon.SimpleNotificationService;

namespace Standins.Tests.Sns;

internal static class SnsClients
{
    /// <param name="url">The endpoint.</param>
    /// <param name="configure">Timeouts and retries of the test; without, the client's defaults but for one retry.</param>
    public static AmazonSimpleNotificationServiceClient For(string url, Action<AmazonSimpleNotificationServiceConfig>? configure = null)
    {
        var config = new AmazonSimpleNotificationServiceConfig { ServiceURL = url, AuthenticationRegion = "us-west-1", MaxErrorRetry = 1 };
        configure?.Invoke(config);
        return new AmazonSimpleNotificationServiceClient(new BasicAWSCredentials("access", "secret"), config);
    }
}
