using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeStackEventsRequest : AmazonCloudFormationRequest
{
    public string NextToken { get; set; }
    public string StackName { get; set; }
}

public class DescribeStackEventsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    /// <summary>The latest first.</summary>
    public List<StackEvent> StackEvents { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
