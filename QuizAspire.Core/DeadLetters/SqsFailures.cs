using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace QuizAspire.Core.DeadLetters;

/// <summary>What an error of SQS means for a redrive.</summary>
internal static class SqsFailures
{
    public static bool IsFailure(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException
            or TimeoutException;

    /// <summary>
    /// The queue's service has no message move tasks at all: it does not know the action. Some emulators fail over an action that they do not
    /// know, with an answer that carries no request id, as every answer of SQS does.
    /// </summary>
    public static bool HasNoMoveTasks(AmazonSQSException exception) =>
        exception.ErrorCode is "InvalidAction" or "UnknownOperationException" or "UnknownOperation" or "NotImplemented"
        || (exception.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented && string.IsNullOrEmpty(exception.RequestId));

    public static bool IsThrottling(string? code) =>
        code is not null
        && (code.Contains("Throttl", StringComparison.OrdinalIgnoreCase) || code.Contains("OverLimit", StringComparison.OrdinalIgnoreCase));

    public static bool IsThrottled(Exception exception) =>
        exception is RequestThrottledException or OverLimitException
        || (exception is AmazonServiceException { ErrorCode: var code } && IsThrottling(code));

    /// <summary>False for what the next attempt would meet again: no queue, no permission, a request that is wrong.</summary>
    public static bool IsWorthRetrying(Exception exception) => exception switch
    {
        _ when IsThrottled(exception) => true,
        AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => false,
        _ => true,
    };

    /// <summary>A sentence without anything of a message.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"SQS answered {code}",
        OperationCanceledException or TimeoutException => "SQS did not answer in time",
        _ => $"SQS could not be reached ({exception.GetType().Name})",
    };
}
