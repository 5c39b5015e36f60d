using System.Diagnostics;
using Amazon.Runtime;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>What a call came to, on its span.</summary>
internal static class AwsCallOutcome
{
    public static void Answered(this Activity span, IExecutionContext call)
    {
        if (!span.IsAllDataRequested)
            return;

        Describe(span, call.RequestContext);
        if (call.ResponseContext.Response is { } response)
        {
            span.SetTag("http.response.status_code", (int)response.HttpStatusCode);
            span.SetTag("aws.request_id", response.ResponseMetadata?.RequestId);
        }
    }

    public static void Failed(this Activity span, IExecutionContext call, Exception exception)
    {
        if (!span.IsAllDataRequested)
            return;

        Describe(span, call.RequestContext);
        var service = exception as AmazonServiceException;
        if (service is { StatusCode: not 0 })
            span.SetTag("http.response.status_code", (int)service.StatusCode);

        span.SetTag("aws.request_id", service?.RequestId);
        span.SetTag("error.type", service?.ErrorCode is { Length: > 0 } code ? code : exception.GetType().FullName);
        if (!IsAnswer(service))
            span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>
    /// A condition that is not met and an object that is not there are what such calls are made to find out. They keep their code, and the span is not in error:
    /// the trace of a submission that was accepted twice is a good one.
    /// </summary>
    private static bool IsAnswer(AmazonServiceException? exception) =>
        exception?.ErrorCode is "ConditionalCheckFailedException" or "PreconditionFailed" or "NoSuchKey" or "NotFound" or "NotModified";

    private static void Describe(Activity span, IRequestContext request)
    {
        if (request.Retries > 0)
            span.SetTag("http.request.resend_count", request.Retries);

        // Known once the endpoint is resolved, which is later than the span begins.
        if (request.Request?.Endpoint is { } endpoint)
        {
            span.SetTag("server.address", endpoint.Host);
            span.SetTag("server.port", endpoint.Port);
        }

        span.SetTag("cloud.region", request.Request?.DeterminedSigningRegion ?? request.ClientConfig.RegionEndpoint?.SystemName);
    }
}
