using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class CreateQueueRequest : AmazonSQSRequest
{
    public CreateQueueRequest()
    {
    }

    public CreateQueueRequest(string queueName)
    {
        QueueName = queueName;
    }

    public Dictionary<string, string> Attributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string QueueName { get; set; }
    [JsonPropertyName("tags")]
    public Dictionary<string, string> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class CreateQueueResponse : AmazonWebServiceResponse
{
    public string QueueUrl { get; set; }
}
