using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace Amazon.Standins.Client;

/// <summary>
/// The endpoint rules of a service with one host per region: a configured URL as it stands, otherwise the region's host.
/// </summary>
/// <param name="prefix">The host's first label.</param>
internal sealed class RegionalEndpointProvider(string prefix) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var (region, endpoint) = ((string)parameters["Region"], (string)parameters["Endpoint"]);
        var (fips, dualStack) = ((bool)parameters["UseFIPS"], (bool)parameters["UseDualStack"]);
        if (!string.IsNullOrEmpty(endpoint))
        {
            return fips ? throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported")
                : dualStack ? throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported")
                : new Endpoint(endpoint);
        }

        if (string.IsNullOrEmpty(region))
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        var partition = Fn.Partition(region);
        if (fips && !Supports(partition, "supportsFIPS") || dualStack && !Supports(partition, "supportsDualStack"))
        {
            throw new AmazonClientException($"FIPS or DualStack is enabled, but the partition of {region} does not support it");
        }

        // GovCloud's ordinary hosts are its FIPS hosts.
        var host = fips && (dualStack || !Equals(Fn.GetAttr(partition, "name"), "aws-us-gov")) ? prefix + "-fips" : prefix;
        return new Endpoint($"https://{host}.{region}.{Fn.GetAttr(partition, dualStack ? "dualStackDnsSuffix" : "dnsSuffix")}");
    }

    private static bool Supports(Partition partition, string feature) => Equals(Fn.GetAttr(partition, feature), true);
}

/// <summary>Gives the rules what they ask for, from the request and the client's configuration.</summary>
internal sealed class RegionalEndpointResolver : BaseEndpointResolver
{
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new EndpointParameters
        {
            ["Region"] = requestContext.Request.AlternateEndpoint?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOf(config),
            ["UseDualStack"] = config.UseDualstackEndpoint,
            ["UseFIPS"] = config.UseFIPSEndpoint,
            ["Endpoint"] = config.ServiceURL,
        };
    }

    private static string RegionOf(IClientConfig config) =>
        string.IsNullOrEmpty(config.ServiceURL) ? null
        : !string.IsNullOrEmpty(config.AuthenticationRegion) ? config.AuthenticationRegion
        : RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName;
}
