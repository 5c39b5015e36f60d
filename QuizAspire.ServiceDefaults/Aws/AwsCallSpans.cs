using System.Collections.Concurrent;
using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>
/// A span for each call of AWS, with all its attempts, by OpenTelemetry's conventions for the AWS SDK. It is a step of the SDK's pipeline, outermost, because
/// the SDK's own telemetry hooks know neither the request nor the response, and make a span of each step of a call. The attempts have no spans of their own:
/// see <see cref="AwsConnections"/>.
/// </summary>
internal sealed class AwsCallSpans : PipelineHandler
{
    public const string SourceName = "QuizAspire.Aws";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly ConcurrentDictionary<Type, string> Operations = new();

    public override void InvokeSync(IExecutionContext executionContext)
    {
        using var span = Start(executionContext.RequestContext);
        try
        {
            base.InvokeSync(executionContext);
            span?.Answered(executionContext);
        }
        catch (Exception exception)
        {
            span?.Failed(executionContext, exception);
            throw;
        }
    }

    public override Task<T> InvokeAsync<T>(IExecutionContext executionContext) =>
        Source.HasListeners() && !IsUntraced ? TracedAsync<T>(executionContext) : base.InvokeAsync<T>(executionContext);

    private async Task<T> TracedAsync<T>(IExecutionContext executionContext)
        where T : AmazonWebServiceResponse, new()
    {
        using var span = Start(executionContext.RequestContext);
        try
        {
            var response = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            span?.Answered(executionContext);
            return response;
        }
        catch (Exception exception)
        {
            span?.Failed(executionContext, exception);
            throw;
        }
    }

    // A sampler that keeps everything does not ask what is around a call; a health check's and a poll's are to be kept out all the same.
    private static bool IsUntraced => Activity.Current is { Recorded: false };

    private static Activity? Start(IRequestContext request)
    {
        var (service, operation) = (request.ServiceMetaData.ServiceId, OperationOf(request.OriginalRequest));
        if (IsUntraced || Source.StartActivity($"{service}.{operation}", ActivityKind.Client) is not { } span)
            return null;

        if (span.IsAllDataRequested)
        {
            span.SetTag("rpc.system", "aws-api");
            span.SetTag("rpc.service", service);
            span.SetTag("rpc.method", operation);
            AwsCallAttributes.Describe(span, operation, request.OriginalRequest);
        }

        return span;
    }

    private static string OperationOf(AmazonWebServiceRequest request) => Operations.GetOrAdd(
        request.GetType(),
        type => type.Name.EndsWith("Request", StringComparison.Ordinal) ? type.Name[..^"Request".Length] : type.Name);
}
