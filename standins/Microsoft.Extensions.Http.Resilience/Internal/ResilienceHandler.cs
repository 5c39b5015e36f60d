using Polly;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>Sends through a pipeline. Attempts send the same request, whose content can be read again unless it is a stream.</summary>
internal sealed class ResilienceHandler(ResiliencePipeline<HttpResponseMessage> pipeline) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ContextOf(request, cancellationToken);
        try
        {
            return await pipeline.ExecuteAsync(
                async (attempt, state) => await state.SendCoreAsync(request, attempt.CancellationToken).ConfigureAwait(false), context, this)
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ContextOf(request, cancellationToken);
        try
        {
            return pipeline.Execute((attempt, state) => state.SendCore(request, attempt.CancellationToken), context, this);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResilienceContext ContextOf(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ResilienceKeys.Request, request);
        return context;
    }

    private Task<HttpResponseMessage> SendCoreAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    private HttpResponseMessage SendCore(HttpRequestMessage request, CancellationToken cancellationToken) => base.Send(request, cancellationToken);
}
