using System.Reflection;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>Client configuration; timeouts, retries and endpoints are those of <see cref="ClientConfig"/>.</summary>
public class AmazonSQSConfig : ClientConfig
{
    private static readonly string UserAgentString =
        InternalSDKUtils.BuildUserAgentString("SQS", typeof(AmazonSQSConfig).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version);

    public AmazonSQSConfig() : base(new DefaultConfigurationProvider(AmazonSQSDefaultConfiguration.GetAllConfigurations()))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "sqs";
        EndpointProvider = new AmazonSQSEndpointProvider();
    }

    /// <summary>The name that shared configuration files and AWS_ENDPOINT_URL_SQS know the service by.</summary>
    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => "sqs";

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => UserAgentString;

    public override Amazon.Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(Amazon.Runtime.Endpoints.ServiceOperationEndpointParameters parameters) => throw new NotImplementedException();
}
