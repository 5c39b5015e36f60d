namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>A stack that is created or updated from a template when the application starts.</summary>
public interface ICloudFormationTemplateResource : ICloudFormationResource
{
    string TemplatePath { get; }

    ICloudFormationTemplateResource AddParameter(string parameterName, string parameterValue);

    /// <summary>The role that CloudFormation takes on; the caller's own rights when null.</summary>
    string? RoleArn { get; set; }

    /// <summary>In seconds, between two looks at the stack; 3 unless set.</summary>
    int StackPollingInterval { get; set; }

    /// <summary>Makes a change set even when template, parameters and tags are those of the last time.</summary>
    bool DisableDiffCheck { get; set; }

    /// <summary>Which of CAPABILITY_IAM, CAPABILITY_NAMED_IAM and CAPABILITY_AUTO_EXPAND are not acknowledged.</summary>
    IList<string> DisabledCapabilities { get; }
}
