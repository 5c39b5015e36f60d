using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

public class DeleteStackRequest : AmazonCloudFormationRequest
{
    public string StackName { get; set; }
}

public class DeleteStackResponse : AmazonWebServiceResponse
{
}
