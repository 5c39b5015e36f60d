using Amazon.Runtime;

namespace QuizAspire.Core.Aws;

/// <summary>What calling a service of AWS can throw, in words that are fit for a log and for the reason of a failure.</summary>
internal static class ServiceFailures
{
    /// <summary>The service's own errors, the network's, the end of the time allowed.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException
            or TimeoutException;

    /// <summary>The service's error code, or what was thrown: one of few, as a metric's attribute must be.</summary>
    public static string KindOf(Exception exception) =>
        exception is AmazonServiceException { ErrorCode: { Length: > 0 } code } ? code : exception.GetType().FullName!;

    /// <summary>A sentence without the service's own words, which may name keys, hosts and times.</summary>
    /// <param name="service">Such as <c>S3</c>.</param>
    public static string Describe(string service, Exception exception) => exception switch
    {
        OperationCanceledException => $"the time allowed ran out before {service} answered",
        TimeoutException => $"{service} stopped answering",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{service} answered {code}",
        _ => $"{service} could not be reached ({exception.GetType().Name})",
    };
}
