using Amazon.Runtime;

namespace Amazon.SimpleNotificationService;

/// <summary>Base of every SNS request.</summary>
public class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest
{
}
