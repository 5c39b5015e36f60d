using System.Net;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API, version 2018-06-01, as a function sees it.</summary>
internal sealed class RuntimeApi(HttpClient httpClient, LambdaEnvironment environment, LambdaConsoleLogger logger, TimeProvider time)
{
    private readonly string _runtime = $"http://{environment.RuntimeApi}/2018-06-01/runtime";

    public async Task<InvocationRequest> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await httpClient.GetAsync($"{_runtime}/invocation/next", cancellationToken);
        await ThrowIfRefusedAsync(response, "No next invocation", cancellationToken);
        var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new InvocationRequest
        {
            InputStream = new MemoryStream(payload),
            LambdaContext = new LambdaContext(response.Headers, environment, logger, time)
        };
    }

    public async Task SendResponseAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(output ?? new MemoryStream(0));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await httpClient.PostAsync($"{_runtime}/invocation/{requestId}/response", content, cancellationToken);
        await ThrowIfRefusedAsync(response, $"The response of {requestId} was refused", cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"{_runtime}/invocation/{requestId}/error", exception, exception.GetType().Name, cancellationToken);

    public Task ReportInitializationErrorAsync(Exception exception) => ReportAsync($"{_runtime}/init/error", exception, null, CancellationToken.None);

    private async Task ReportAsync(string url, Exception exception, string errorType, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(ExceptionJson.Write(exception));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        if (errorType is not null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await httpClient.SendAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(response, "The error report was refused", cancellationToken);
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, string message, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent)
            return;
        throw new RuntimeApiClientException(message, (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }
}
