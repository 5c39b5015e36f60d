using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.Standins.Client;

/// <summary>The steps of the runtime's pipeline that each service brings along.</summary>
internal static class ServicePipeline
{
    public static void AddTo(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        // Each lands directly behind the marshaller: authentication first, then the endpoint, which needs it.
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Authentication());
    }

    /// <summary>Where a request would go, without sending it.</summary>
    public static Endpoint EndpointOf(ClientConfig config, ServiceOperationEndpointParameters parameters)
    {
        var requestContext = new RequestContext(enableMetrics: false, clientSigner: new NullSigner())
        {
            ClientConfig = config,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, config.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
        };
        return new RegionalEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(requestContext, null));
    }
}
