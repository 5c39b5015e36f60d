using System.Net.Http.Headers;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Stands between the exporter and the collector: takes of an answer no more than whether it is a success, watches how the collector does, and lets
/// nothing last beyond the end of the process.
/// </summary>
internal sealed class CollectorHandler(HttpMessageHandler inner, CollectorWatch watch, IRequestSigner? signer, CancellationToken end)
    : DelegatingHandler(inner)
{
    // An answer of OTLP over gRPC has some tens of bytes; the status comes behind it.
    private const int MaxGrpcAnswer = 64 * 1024;

    // The exporter sends HTTP/1.1 on its own thread, without the thread pool.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var worked = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end);
        watch.Began();
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            signer?.Sign(request);
            var answer = base.Send(request, limit.Token);
            worked = answer.IsSuccessStatusCode;
            return WithoutBody(answer);
        }
        finally
        {
            watch.Ended(worked);
        }
    }

    // gRPC, which needs HTTP/2.
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var worked = false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end);
        watch.Began();
        try
        {
            limit.Token.ThrowIfCancellationRequested();
            signer?.Sign(request);
            var answer = await base.SendAsync(request, limit.Token).ConfigureAwait(false);
            try
            {
                await answer.Content.LoadIntoBufferAsync(MaxGrpcAnswer, limit.Token).ConfigureAwait(false);
            }
            catch
            {
                answer.Dispose();
                throw;
            }

            worked = answer.IsSuccessStatusCode && (IsOk(answer.TrailingHeaders) || IsOk(answer.Headers));
            return answer;
        }
        finally
        {
            watch.Ended(worked);
        }
    }

    private static bool IsOk(HttpResponseHeaders headers) => headers.TryGetValues("grpc-status", out var status) && status.SequenceEqual(["0"]);

    /// <summary>Nobody needs what an answer says beside its status; unread, an endless one costs a connection and no memory.</summary>
    private static HttpResponseMessage WithoutBody(HttpResponseMessage answer)
    {
        answer.Content.Dispose();
        answer.Content = new ByteArrayContent([]);
        return answer;
    }
}
