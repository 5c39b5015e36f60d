using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>From an error answer to the exception of that name.</summary>
internal static class SqsErrors
{
    private delegate AmazonSQSException Constructor(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode);

    private static readonly Dictionary<string, Constructor> Constructors = new(StringComparer.Ordinal)
    {
        ["BatchEntryIdsNotDistinct"] = (m, e, t, c, r, s) => new BatchEntryIdsNotDistinctException(m, e, t, c, r, s),
        ["BatchRequestTooLong"] = (m, e, t, c, r, s) => new BatchRequestTooLongException(m, e, t, c, r, s),
        ["EmptyBatchRequest"] = (m, e, t, c, r, s) => new EmptyBatchRequestException(m, e, t, c, r, s),
        ["InvalidAddress"] = (m, e, t, c, r, s) => new InvalidAddressException(m, e, t, c, r, s),
        ["InvalidAttributeName"] = (m, e, t, c, r, s) => new InvalidAttributeNameException(m, e, t, c, r, s),
        ["InvalidAttributeValue"] = (m, e, t, c, r, s) => new InvalidAttributeValueException(m, e, t, c, r, s),
        ["InvalidBatchEntryId"] = (m, e, t, c, r, s) => new InvalidBatchEntryIdException(m, e, t, c, r, s),
        ["InvalidIdFormat"] = (m, e, t, c, r, s) => new InvalidIdFormatException(m, e, t, c, r, s),
        ["InvalidMessageContents"] = (m, e, t, c, r, s) => new InvalidMessageContentsException(m, e, t, c, r, s),
        ["InvalidSecurity"] = (m, e, t, c, r, s) => new InvalidSecurityException(m, e, t, c, r, s),
        ["MessageNotInflight"] = (m, e, t, c, r, s) => new MessageNotInflightException(m, e, t, c, r, s),
        ["OverLimit"] = (m, e, t, c, r, s) => new OverLimitException(m, e, t, c, r, s),
        ["PurgeQueueInProgress"] = (m, e, t, c, r, s) => new PurgeQueueInProgressException(m, e, t, c, r, s),
        ["QueueDeletedRecently"] = (m, e, t, c, r, s) => new QueueDeletedRecentlyException(m, e, t, c, r, s),
        ["QueueDoesNotExist"] = (m, e, t, c, r, s) => new QueueDoesNotExistException(m, e, t, c, r, s),
        ["QueueNameExists"] = (m, e, t, c, r, s) => new QueueNameExistsException(m, e, t, c, r, s),
        ["ReceiptHandleIsInvalid"] = (m, e, t, c, r, s) => new ReceiptHandleIsInvalidException(m, e, t, c, r, s),
        ["RequestThrottled"] = (m, e, t, c, r, s) => new RequestThrottledException(m, e, t, c, r, s),
        ["ResourceNotFoundException"] = (m, e, t, c, r, s) => new ResourceNotFoundException(m, e, t, c, r, s),
        ["TooManyEntriesInBatchRequest"] = (m, e, t, c, r, s) => new TooManyEntriesInBatchRequestException(m, e, t, c, r, s),
        ["UnsupportedOperation"] = (m, e, t, c, r, s) => new UnsupportedOperationException(m, e, t, c, r, s),
    };

    /// <param name="error">What the body says; its code is the shape's name, which chooses the exception.</param>
    /// <param name="queryError">The header <c>x-amzn-query-error</c>, "code;Sender|Receiver": the code that the service's older query protocol
    /// had, which callers of <see cref="AmazonServiceException.ErrorCode"/> keep seeing. Null when the answer has none.</param>
    public static AmazonSQSException ToException(ErrorResponse error, string queryError)
    {
        var (code, type) = (error.Code, error.Type);
        if (queryError?.Split(';') is [var queryCode, var queryType])
        {
            code = queryCode;
            type = Enum.TryParse<ErrorType>(queryType, out var parsed) && Enum.IsDefined(parsed) ? parsed : type;
        }

        return error.Code is not null && Constructors.TryGetValue(error.Code, out var construct)
            ? construct(error.Message, error.InnerException, type, code, error.RequestId, error.StatusCode)
            : new AmazonSQSException(error.Message, error.InnerException, type, code, error.RequestId, error.StatusCode);
    }
}
