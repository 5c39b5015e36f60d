using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS;

/// <summary>A resource that is made in an AWS account when the application starts.</summary>
public interface IAWSResource : IResource
{
    /// <summary>Which account and region; the SDK's own defaults when null.</summary>
    IAWSSDKConfig? AWSSDKConfig { get; set; }

    /// <summary>Completes when the resource is there, with the reason when it could not be made. Null until the application starts.</summary>
    TaskCompletionSource? ProvisioningTaskCompletionSource { get; set; }
}
