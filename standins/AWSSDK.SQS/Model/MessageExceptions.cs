using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A receipt handle that is not one, in current form.</summary>
public class InvalidIdFormatException : AmazonSQSException
{
    public InvalidIdFormatException(string message) : base(message)
    {
    }

    public InvalidIdFormatException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>A character outside of what a message may hold.</summary>
public class InvalidMessageContentsException : AmazonSQSException
{
    public InvalidMessageContentsException(string message) : base(message)
    {
    }

    public InvalidMessageContentsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The message's visibility cannot be changed, because nobody has received it.</summary>
public class MessageNotInflightException : AmazonSQSException
{
    public MessageNotInflightException(string message) : base(message)
    {
    }

    public MessageNotInflightException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>Too many messages in flight, or too many of what the operation makes.</summary>
public class OverLimitException : AmazonSQSException
{
    public OverLimitException(string message) : base(message)
    {
    }

    public OverLimitException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The receipt handle is not one of this queue.</summary>
public class ReceiptHandleIsInvalidException : AmazonSQSException
{
    public ReceiptHandleIsInvalidException(string message) : base(message)
    {
    }

    public ReceiptHandleIsInvalidException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
