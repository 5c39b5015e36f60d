using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>Two entries of a batch have the same id.</summary>
public class BatchEntryIdsNotDistinctException : AmazonSQSException
{
    public BatchEntryIdsNotDistinctException(string message) : base(message)
    {
    }

    public BatchEntryIdsNotDistinctException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>All messages of a batch together are over the size limit.</summary>
public class BatchRequestTooLongException : AmazonSQSException
{
    public BatchRequestTooLongException(string message) : base(message)
    {
    }

    public BatchRequestTooLongException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>A batch without entries.</summary>
public class EmptyBatchRequestException : AmazonSQSException
{
    public EmptyBatchRequestException(string message) : base(message)
    {
    }

    public EmptyBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>An entry's id has characters or a length that are not allowed.</summary>
public class InvalidBatchEntryIdException : AmazonSQSException
{
    public InvalidBatchEntryIdException(string message) : base(message)
    {
    }

    public InvalidBatchEntryIdException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>More than ten entries in a batch.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSQSException
{
    public TooManyEntriesInBatchRequestException(string message) : base(message)
    {
    }

    public TooManyEntriesInBatchRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
