using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class SendMessageBatchRequest : AmazonSQSRequest
{
    public SendMessageBatchRequest()
    {
    }

    public SendMessageBatchRequest(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public List<SendMessageBatchRequestEntry> Entries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string QueueUrl { get; set; }
}

public class SendMessageBatchRequestEntry
{
    public SendMessageBatchRequestEntry()
    {
    }

    public SendMessageBatchRequestEntry(string id, string messageBody)
    {
        Id = id;
        MessageBody = messageBody;
    }

    public int? DelaySeconds { get; set; }
    public string Id { get; set; }
    public Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string MessageBody { get; set; }
    public string MessageDeduplicationId { get; set; }
    public string MessageGroupId { get; set; }
    public Dictionary<string, MessageSystemAttributeValue> MessageSystemAttributes { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class SendMessageBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<SendMessageBatchResultEntry> Successful { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class SendMessageBatchResultEntry
{
    public string Id { get; set; }
    public string MD5OfMessageAttributes { get; set; }
    public string MD5OfMessageBody { get; set; }
    public string MD5OfMessageSystemAttributes { get; set; }
    public string MessageId { get; set; }
    public string SequenceNumber { get; set; }
}
