using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The queue URL is not one.</summary>
public class InvalidAddressException : AmazonSQSException
{
    public InvalidAddressException(string message) : base(message)
    {
    }

    public InvalidAddressException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The request was not signed as the service asks.</summary>
public class InvalidSecurityException : AmazonSQSException
{
    public InvalidSecurityException(string message) : base(message)
    {
    }

    public InvalidSecurityException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>More requests than the queue's limit; retried by the client before it is thrown.</summary>
public class RequestThrottledException : AmazonSQSException
{
    public RequestThrottledException(string message) : base(message)
    {
    }

    public RequestThrottledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>A resource that the request names does not exist.</summary>
public class ResourceNotFoundException : AmazonSQSException
{
    public ResourceNotFoundException(string message) : base(message)
    {
    }

    public ResourceNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The queue does not support the operation, or not with these parameters.</summary>
public class UnsupportedOperationException : AmazonSQSException
{
    public UnsupportedOperationException(string message) : base(message)
    {
    }

    public UnsupportedOperationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
