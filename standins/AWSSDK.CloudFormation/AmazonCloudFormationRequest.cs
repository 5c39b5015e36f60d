using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>Base of every CloudFormation request.</summary>
public class AmazonCloudFormationRequest : AmazonWebServiceRequest
{
}
