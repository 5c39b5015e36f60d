using Amazon.Runtime;
using Amazon.SQS;

namespace Standins.Tests.Sqs;

internal static class SqsClients
{
    /// <param name="url">The endpoint.</param>
    /// <param name="configure">Timeouts and retries of the test; without, the client's defaults but for one retry.</param>
    public static AmazonSQSClient For(string url, Action<AmazonSQSConfig>? configure = null)
    {
        var config = new AmazonSQSConfig { ServiceURL = url, AuthenticationRegion = "us-west-1", MaxErrorRetry = 1 };
        configure?.Invoke(config);
        return new AmazonSQSClient(new BasicAWSCredentials("access", "secret"), config);
    }
}
