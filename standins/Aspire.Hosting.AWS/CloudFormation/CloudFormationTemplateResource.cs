using Amazon.CloudFormation;
using Amazon.CloudFormation.Model;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

internal sealed class CloudFormationTemplateResource(string name, string stackName, string templatePath)
    : Resource(name), ICloudFormationTemplateResource
{
    public string StackName => stackName;

    public string TemplatePath => templatePath;

    public IAWSSDKConfig? AWSSDKConfig { get; set; }

    public IAmazonCloudFormation? CloudFormationClient { get; set; }

    public List<Output>? Outputs { get; set; }

    public TaskCompletionSource? ProvisioningTaskCompletionSource { get; set; }

    public Dictionary<string, string> Parameters { get; } = [];

    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>();

    public string? RoleArn { get; set; }

    public int StackPollingInterval { get; set; } = 3;

    public bool DisableDiffCheck { get; set; }

    public IList<string> DisabledCapabilities { get; } = [];

    public ICloudFormationTemplateResource AddParameter(string parameterName, string parameterValue)
    {
        Parameters[parameterName] = parameterValue;
        return this;
    }
}
