using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DescribeChangeSetRequest : AmazonCloudFormationRequest
{
    /// <summary>Its name, with the stack's name beside it, or its ARN.</summary>
    public string ChangeSetName { get; set; }
    public string StackName { get; set; }
}

public class DescribeChangeSetResponse : AmazonWebServiceResponse
{
    public string ChangeSetId { get; set; }
    public string StackId { get; set; }
    public string StackName { get; set; }
    public ChangeSetStatus Status { get; set; }
    public string StatusReason { get; set; }
}
