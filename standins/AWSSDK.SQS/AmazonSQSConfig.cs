using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Standins.Client;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Client configuration; timeouts, retries and endpoints are those of <see cref="ClientConfig"/>.</summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("SQS", "4.0.0-standin");

    public AmazonSQSConfig() : base(new DefaultConfigurationProvider(ClientDefaults.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider("sqs");
    }

    /// <summary>The name that shared configuration files and AWS_ENDPOINT_URL_SQS know the service by.</summary>
    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => UserAgentString;

    // A queue URL never decides where a request goes: its host is not used, it is sent in the body as the queue's name.
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.EndpointOf(this, parameters);
}
