using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public class SetTopicAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public SetTopicAttributesRequest()
    {
    }

    public SetTopicAttributesRequest(string topicArn, string attributeName, string attributeValue)
    {
        TopicArn = topicArn;
        AttributeName = attributeName;
        AttributeValue = attributeValue;
    }

    public string AttributeName { get; set; }
    public string AttributeValue { get; set; }
    public string TopicArn { get; set; }
}

public class SetTopicAttributesResponse : AmazonWebServiceResponse
{
}
