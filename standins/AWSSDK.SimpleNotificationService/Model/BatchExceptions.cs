using System.Net;
using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>Two entries of the batch have the same id.</summary>
public class BatchEntryIdsNotDistinctException : AmazonSimpleNotificationServiceException
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

/// <summary>The entries are larger than 256 KB together.</summary>
public class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
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

/// <summary>The batch has no entries.</summary>
public class EmptyBatchRequestException : AmazonSimpleNotificationServiceException
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

/// <summary>An entry's id is too long or has a character that is not allowed.</summary>
public class InvalidBatchEntryIdException : AmazonSimpleNotificationServiceException
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

/// <summary>The batch has more than ten entries.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSimpleNotificationServiceException
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
