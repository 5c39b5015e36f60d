using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Standins.Client;
using Amazon.Util.Internal;

namespace Amazon.CloudFormation;

/// <summary>Client configuration; timeouts, retries and endpoints are those of <see cref="ClientConfig"/>.</summary>
public class AmazonCloudFormationConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("CloudFormation", "4.0.0-standin");

    public AmazonCloudFormationConfig() : base(new DefaultConfigurationProvider(ClientDefaults.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider("cloudformation");
    }

    /// <summary>The name that shared configuration files and AWS_ENDPOINT_URL_CLOUDFORMATION know the service by.</summary>
    public static new string ServiceId => "CloudFormation";

    public override string RegionEndpointServiceName => "cloudformation";

    public override string ServiceVersion => "2010-05-15";

    public override string UserAgent => UserAgentString;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.EndpointOf(this, parameters);
}
