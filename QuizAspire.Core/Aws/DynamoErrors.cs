using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace QuizAspire.Core.Aws;

/// <summary>What an exception from the client means for the item that was being read or written.</summary>
internal static class DynamoErrors
{
    /// <summary>What calling DynamoDB can throw: its own errors, the network's, the end of the time allowed.</summary>
    public static bool IsFailure(Exception exception) => ServiceFailures.IsFailure(exception);

    /// <summary>The item itself is at fault (too large, too deep, an empty key), so it fails every time.</summary>
    public static bool IsItemRefused(Exception exception) =>
        exception is AmazonDynamoDBException { ErrorCode: "ValidationException" };

    /// <summary>False for what the next attempt would meet again (no table, no permission) and when time is up.</summary>
    public static bool IsWorthRetrying(Exception exception, CancellationToken deadline) =>
        !deadline.IsCancellationRequested && exception switch
        {
            ProvisionedThroughputExceededException or RequestLimitExceededException => true,
            AmazonServiceException { ErrorCode: "ThrottlingException" or "Throttling" } => true,
            AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } => false,
            _ => true,
        };

    /// <summary>A sentence without any of the item's values.</summary>
    public static string Describe(Exception exception) => ServiceFailures.Describe("DynamoDB", exception);
}
