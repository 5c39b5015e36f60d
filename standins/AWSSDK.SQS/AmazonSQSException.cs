using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>Any error that SQS answered with, or an answer that the client cannot trust (an MD5 that differs).</summary>
public class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException(string message) : base(message)
    {
    }

    public AmazonSQSException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public AmazonSQSException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonSQSException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
