using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ListQueuesRequest : AmazonSQSRequest
{
    public ListQueuesRequest()
    {
    }

    public ListQueuesRequest(string queueNamePrefix)
    {
        QueueNamePrefix = queueNamePrefix;
    }

    public int? MaxResults { get; set; }
    public string NextToken { get; set; }
    public string QueueNamePrefix { get; set; }
}

public class ListQueuesResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<string> QueueUrls { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
