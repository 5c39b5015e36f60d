using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.Lambda;

internal sealed class LambdaEmulatorAnnotation(EndpointReference runtimeApi) : IResourceAnnotation
{
    public EndpointReference RuntimeApi => runtimeApi;
}
