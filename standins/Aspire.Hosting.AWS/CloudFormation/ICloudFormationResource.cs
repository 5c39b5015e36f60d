using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>A stack of CloudFormation.</summary>
public interface ICloudFormationResource : IAWSResource, IResourceWithWaitSupport
{
    /// <summary>Used instead of a client made from <see cref="IAWSResource.AWSSDKConfig"/>. It is disposed of after provisioning.</summary>
    IAmazonCloudFormation? CloudFormationClient { get; set; }

    string StackName { get; }

    /// <summary>Null until the stack has been provisioned.</summary>
    List<Output>? Outputs { get; }

    IDictionary<string, string> Tags { get; }
}
