using System.Net;
using Amazon.Runtime;

namespace QuizAspire.Core.Statistics.Storage;

/// <summary>What an exception from the S3 client means.</summary>
internal static class S3Errors
{
    /// <summary>What calling S3 can throw: its own errors, the network's, the end of the time allowed.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException
            or TimeoutException;

    /// <summary>The connection is at fault, and the same object is worth asking for again.</summary>
    public static bool IsBroken(Exception exception) => exception switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,
        AmazonServiceException { StatusCode: 0 } => true,
        AmazonServiceException => false,
        _ => exception is HttpRequestException or IOException or TimeoutException,
    };

    /// <summary>A sentence without keys, which producers choose, and without hosts.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        OperationCanceledException => "the time allowed ran out before S3 answered",
        TimeoutException => "S3 stopped sending",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"S3 answered {code}",
        _ => $"S3 could not be reached ({exception.GetType().Name})",
    };
}
