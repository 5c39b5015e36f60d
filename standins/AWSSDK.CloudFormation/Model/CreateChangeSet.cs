using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class CreateChangeSetRequest : AmazonCloudFormationRequest
{
    public List<string> Capabilities { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string ChangeSetName { get; set; }
    public ChangeSetType ChangeSetType { get; set; }
    public List<Parameter> Parameters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string RoleARN { get; set; }
    public string StackName { get; set; }
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    /// <summary>At most 51,200 bytes.</summary>
    public string TemplateBody { get; set; }
}

public class CreateChangeSetResponse : AmazonWebServiceResponse
{
    public string Id { get; set; }
    public string StackId { get; set; }
}
