using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeStacksRequest : AmazonCloudFormationRequest
{
    public string NextToken { get; set; }
    /// <summary>Name or id; a deleted stack is found by its id alone. Without one, every stack of the account and region.</summary>
    public string StackName { get; set; }
}

public class DescribeStacksResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<Stack> Stacks { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
