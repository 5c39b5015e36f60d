using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class TagQueueRequest : AmazonSQSRequest
{
    public string QueueUrl { get; set; }
    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class TagQueueResponse : AmazonWebServiceResponse
{
}
