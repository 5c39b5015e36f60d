using Amazon;

namespace Aspire.Hosting.AWS;

/// <summary>How the resources that refer to it find their AWS account.</summary>
public interface IAWSSDKConfig
{
    string? Profile { get; set; }

    RegionEndpoint? Region { get; set; }
}

internal sealed class AWSSDKConfig : IAWSSDKConfig
{
    public string? Profile { get; set; }

    public RegionEndpoint? Region { get; set; }
}
