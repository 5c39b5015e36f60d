using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>An attribute that does not exist.</summary>
public class InvalidAttributeNameException : AmazonSQSException
{
    public InvalidAttributeNameException(string message) : base(message)
    {
    }

    public InvalidAttributeNameException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>An attribute's value is out of its range.</summary>
public class InvalidAttributeValueException : AmazonSQSException
{
    public InvalidAttributeValueException(string message) : base(message)
    {
    }

    public InvalidAttributeValueException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The queue was purged within the last 60 seconds.</summary>
public class PurgeQueueInProgressException : AmazonSQSException
{
    public PurgeQueueInProgressException(string message) : base(message)
    {
    }

    public PurgeQueueInProgressException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>A queue of that name was deleted within the last 60 seconds.</summary>
public class QueueDeletedRecentlyException : AmazonSQSException
{
    public QueueDeletedRecentlyException(string message) : base(message)
    {
    }

    public QueueDeletedRecentlyException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>No queue at that URL or of that name.</summary>
public class QueueDoesNotExistException : AmazonSQSException
{
    public QueueDoesNotExistException(string message) : base(message)
    {
    }

    public QueueDoesNotExistException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>There is a queue of that name with other attributes.</summary>
public class QueueNameExistsException : AmazonSQSException
{
    public QueueNameExistsException(string message) : base(message)
    {
    }

    public QueueNameExistsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
