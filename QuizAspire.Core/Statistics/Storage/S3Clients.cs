using Amazon.Runtime;
using Amazon.S3;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>
/// The S3 client as every program here uses it. Region, credentials and endpoint come from the SDK's own variables; a bucket is addressed by
/// path where the endpoint's host is an IP address, which is how emulators are reached.
/// </summary>
public static class S3Clients
{
    /// <param name="attemptTimeout">Until the answer begins: it covers all of what is sent, and nothing of an object that is read.</param>
    /// <param name="retries">Attempts after the first.</param>
    public static IAmazonS3 Create(TimeSpan attemptTimeout, int retries) => new AmazonS3Client(new AmazonS3Config
    {
        Timeout = attemptTimeout,
        RetryMode = RequestRetryMode.Standard,
        MaxErrorRetry = retries,
    });
}
