using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class UpdateStackRequest : AmazonCloudFormationRequest
{
    public string StackName { get; set; }
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public bool? UsePreviousTemplate { get; set; }
}

public class UpdateStackResponse : AmazonWebServiceResponse
{
    public string StackId { get; set; }
}
