using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>Base of every SQS request.</summary>
public class AmazonSQSRequest : AmazonWebServiceRequest
{
}
