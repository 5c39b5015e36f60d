using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>Amazon SQS over its JSON protocol, on the SDK's own runtime pipeline. Safe for use by many threads at once.</summary>
public partial class AmazonSQSClient : AmazonServiceClient, IAmazonSQS
{
    public AmazonSQSClient() : base(new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(RegionEndpoint region) : base(new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    public AmazonSQSClient(AmazonSQSConfig config) : base(config)
    {
    }

    public AmazonSQSClient(AWSCredentials credentials) : this(credentials, new AmazonSQSConfig())
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, RegionEndpoint region) : this(credentials, new AmazonSQSConfig { RegionEndpoint = region })
    {
    }

    public AmazonSQSClient(AWSCredentials credentials, AmazonSQSConfig clientConfig) : base(credentials, clientConfig)
    {
    }

    public AmazonSQSClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonSQSConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    private Task<T> InvokeAsync<T>(AmazonWebServiceRequest request, object op, CancellationToken ct) => throw new NotImplementedException();
}
