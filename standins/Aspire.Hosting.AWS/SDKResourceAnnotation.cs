using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS;

internal sealed class SDKResourceAnnotation(IAWSSDKConfig config) : IResourceAnnotation
{
    public IAWSSDKConfig Config => config;
}
