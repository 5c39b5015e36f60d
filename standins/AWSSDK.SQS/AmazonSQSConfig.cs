using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Client configuration; timeouts, retries and endpoints are those of <see cref="ClientConfig"/>.</summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("SQS", "4.0.0-standin");

    public AmazonSQSConfig() : base(new DefaultConfigurationProvider(SqsDefaults.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new SqsEndpointProvider();
    }

    /// <summary>The name that shared configuration files and AWS_ENDPOINT_URL_SQS know the service by.</summary>
    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => UserAgentString;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var requestContext = new RequestContext(enableMetrics: false, clientSigner: new NullSigner())
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };
        return new SqsEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(requestContext, null));
    }
}
