using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation.Model;

/// <summary>The resource exists already.</summary>
public class AlreadyExistsException : AmazonCloudFormationException
{
    public AlreadyExistsException(string message) : base(message)
    {
    }

    public AlreadyExistsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>No change set of that name or ARN.</summary>
public class ChangeSetNotFoundException : AmazonCloudFormationException
{
    public ChangeSetNotFoundException(string message) : base(message)
    {
    }

    public ChangeSetNotFoundException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The template makes something for which the request acknowledges no capability.</summary>
public class InsufficientCapabilitiesException : AmazonCloudFormationException
{
    public InsufficientCapabilitiesException(string message) : base(message)
    {
    }

    public InsufficientCapabilitiesException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>The change set cannot be executed as it is now.</summary>
public class InvalidChangeSetStatusException : AmazonCloudFormationException
{
    public InvalidChangeSetStatusException(string message) : base(message)
    {
    }

    public InvalidChangeSetStatusException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}

/// <summary>A quota of the account is reached.</summary>
public class LimitExceededException : AmazonCloudFormationException
{
    public LimitExceededException(string message) : base(message)
    {
    }

    public LimitExceededException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
