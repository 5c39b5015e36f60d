using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public class PublishBatchRequest : AmazonSimpleNotificationServiceRequest
{
    /// <summary>At most ten, of 256 KB in all.</summary>
    public List<PublishBatchRequestEntry> PublishBatchRequestEntries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string TopicArn { get; set; }
}

public class PublishBatchRequestEntry
{
    /// <summary>Tells the entry from the others of its batch, in the answer too.</summary>
    public string Id { get; set; }
    public string Message { get; set; }
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string MessageDeduplicationId { get; set; }
    public string MessageGroupId { get; set; }
    /// <summary><c>json</c>, when the message is an object with a text per protocol.</summary>
    public string MessageStructure { get; set; }
    public string Subject { get; set; }
}

/// <summary>An answer of 200 may name entries that failed.</summary>
public class PublishBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<PublishBatchResultEntry> Successful { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class PublishBatchResultEntry
{
    public string Id { get; set; }
    public string MessageId { get; set; }
    /// <summary>Of a FIFO topic's message.</summary>
    public string SequenceNumber { get; set; }
}

public class BatchResultErrorEntry
{
    public string Code { get; set; }
    public string Id { get; set; }
    public string Message { get; set; }
    /// <summary>True when the entry itself is at fault, so that it fails again.</summary>
    public bool? SenderFault { get; set; }
}
