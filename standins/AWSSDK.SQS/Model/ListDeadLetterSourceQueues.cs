using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ListDeadLetterSourceQueuesRequest : AmazonSQSRequest
{
    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string QueueUrl { get; set; }
}

public class ListDeadLetterSourceQueuesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    [JsonPropertyName("queueUrls")]
    public List<string> QueueUrls { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
