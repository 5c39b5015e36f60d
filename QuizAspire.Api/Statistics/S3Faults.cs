using Amazon.Runtime;

namespace QuizAspire.Api.Statistics;

/// <summary>What S3 may do to a call whose failure is nobody's loss.</summary>
internal static class S3Faults
{
    public static bool IsFault(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException;

    /// <summary>Without hosts.</summary>
    public static string Describe(Exception exception) =>
        exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? $"S3 answered {code}" : exception.GetType().Name;
}
