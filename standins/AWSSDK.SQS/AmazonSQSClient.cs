using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Standins.Client;

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

    protected override IServiceMetadata ServiceMetadata { get; } = new ServiceMetadata(AmazonSQSConfig.ServiceId);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.AddHandlerBefore<Unmarshaller>(new MessageIntegrity());
        ServicePipeline.AddTo(pipeline);
    }

    private Task<TResponse> InvokeAsync<TRequest, TResponse>(
        TRequest request, Operation<TRequest, TResponse> operation, CancellationToken cancellationToken)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(request, operation.ToInvokeOptions(), cancellationToken);
}
