using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class ChangeMessageVisibilityBatchRequest : AmazonSQSRequest
{
    public ChangeMessageVisibilityBatchRequest()
    {
    }

    public ChangeMessageVisibilityBatchRequest(string queueUrl, List<ChangeMessageVisibilityBatchRequestEntry> entries)
    {
        QueueUrl = queueUrl;
        Entries = entries;
    }

    public List<ChangeMessageVisibilityBatchRequestEntry> Entries { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public string QueueUrl { get; set; }
}

public class ChangeMessageVisibilityBatchRequestEntry
{
    public ChangeMessageVisibilityBatchRequestEntry()
    {
    }

    public ChangeMessageVisibilityBatchRequestEntry(string id, string receiptHandle)
    {
        Id = id;
        ReceiptHandle = receiptHandle;
    }

    public string Id { get; set; }
    public string ReceiptHandle { get; set; }
    public int? VisibilityTimeout { get; set; }
}

public class ChangeMessageVisibilityBatchResponse : AmazonWebServiceResponse
{
    public List<BatchResultErrorEntry> Failed { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
    public List<ChangeMessageVisibilityBatchResultEntry> Successful { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}

public class ChangeMessageVisibilityBatchResultEntry
{
    public string Id { get; set; }
}
