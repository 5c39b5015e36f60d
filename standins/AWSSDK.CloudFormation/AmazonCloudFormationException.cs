using System.Net;
using Amazon.Runtime;

namespace Amazon.CloudFormation;

/// <summary>Any error that CloudFormation answered with. A stack that does not exist is one with the code <c>ValidationError</c>.</summary>
public class AmazonCloudFormationException : AmazonServiceException
{
    public AmazonCloudFormationException(string message) : base(message)
    {
    }

    public AmazonCloudFormationException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public AmazonCloudFormationException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonCloudFormationException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
