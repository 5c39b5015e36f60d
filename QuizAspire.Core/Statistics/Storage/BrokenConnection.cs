using System.Net;
using Amazon.Runtime;

namespace QuizAspire.Core.Statistics.Storage;

internal static class BrokenConnection
{
    /// <summary>
    /// The connection or a busy service is at fault, so the same object is worth asking for again. The SDK's own attempts end where the object begins
    /// to arrive.
    /// </summary>
    public static bool Explains(Exception exception) => exception switch
    {
        AmazonServiceException service => service.StatusCode is 0 or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        _ => exception is HttpRequestException or IOException or TimeoutException,
    };
}
