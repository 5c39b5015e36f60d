using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Base of every SQS request.</summary>
public class AmazonSQSRequest : AmazonWebServiceRequest
{
}
