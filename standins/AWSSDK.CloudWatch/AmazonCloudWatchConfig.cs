using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Standins.Client;
using Amazon.Util.Internal;

namespace Amazon.CloudWatch;

/// <summary>Client configuration; timeouts, retries and endpoints are those of <see cref="ClientConfig"/>.</summary>
public class AmazonCloudWatchConfig : ClientConfig
{
    private static readonly string UserAgentString = InternalSDKUtils.BuildUserAgentString("CloudWatch", "4.0.0-standin");

    public AmazonCloudWatchConfig() : base(new DefaultConfigurationProvider(ClientDefaults.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new RegionalEndpointProvider("monitoring");
    }

    /// <summary>The name that shared configuration files and AWS_ENDPOINT_URL_CLOUDWATCH know the service by.</summary>
    public static new string ServiceId => "CloudWatch";

    public override string RegionEndpointServiceName => "monitoring";

    public override string ServiceVersion => "2010-08-01";

    public override string UserAgent => UserAgentString;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        ServicePipeline.EndpointOf(this, parameters);
}
