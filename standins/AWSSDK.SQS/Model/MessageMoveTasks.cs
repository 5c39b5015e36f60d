using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class StartMessageMoveTaskRequest : AmazonSQSRequest
{
    public string DestinationArn { get; set; }
    public int? MaxNumberOfMessagesPerSecond { get; set; }
    public string SourceArn { get; set; }
}

public class StartMessageMoveTaskResponse : AmazonWebServiceResponse
{
    public string TaskHandle { get; set; }
}

public class ListMessageMoveTasksRequest : AmazonSQSRequest
{
    public int? MaxResults { get; set; }
    public string SourceArn { get; set; }
}

public class ListMessageMoveTasksResponse : AmazonWebServiceResponse
{
    public List<ListMessageMoveTasksResultEntry> Results { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ListMessageMoveTasksResultEntry
{
    public long? ApproximateNumberOfMessagesMoved { get; set; }
    public long? ApproximateNumberOfMessagesToMove { get; set; }
    public string DestinationArn { get; set; }
    public string FailureReason { get; set; }
    public int? MaxNumberOfMessagesPerSecond { get; set; }
    public string SourceArn { get; set; }
    public long? StartedTimestamp { get; set; }
    public string Status { get; set; }
    public string TaskHandle { get; set; }
}

public class CancelMessageMoveTaskRequest : AmazonSQSRequest
{
    public string TaskHandle { get; set; }
}

public class CancelMessageMoveTaskResponse : AmazonWebServiceResponse
{
    public long? ApproximateNumberOfMessagesMoved { get; set; }
}
