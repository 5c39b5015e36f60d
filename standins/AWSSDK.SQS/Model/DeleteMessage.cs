using Amazon.Runtime;

namespace Amazon.SQS.Model;

public class DeleteMessageRequest : AmazonSQSRequest
{
    public DeleteMessageRequest()
    {
    }

    public DeleteMessageRequest(string queueUrl, string receiptHandle)
    {
        QueueUrl = queueUrl;
        ReceiptHandle = receiptHandle;
    }

    public string QueueUrl { get; set; }
    public string ReceiptHandle { get; set; }
}

public class DeleteMessageResponse : AmazonWebServiceResponse
{
}
