using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class ExecuteChangeSetRequest : AmazonCloudFormationRequest
{
    /// <summary>Its name, with the stack's name beside it, or its ARN.</summary>
    public string ChangeSetName { get; set; }
    public string StackName { get; set; }
}

public class ExecuteChangeSetResponse : AmazonWebServiceResponse
{
}
