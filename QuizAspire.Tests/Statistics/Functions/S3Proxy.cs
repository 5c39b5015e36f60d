using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>One call of S3.</summary>
/// <param name="Path">Bucket and key.</param>
internal sealed record S3Call(string Method, string Path, HttpContext Http, Func<long?, Task> Send)
{
    public string Range => Http.Request.Headers.Range.ToString();

    public string IfMatch => Http.Request.Headers.IfMatch.ToString();

    public Task ForwardAsync() => Send(null);

    /// <summary>Ends the connection after so many bytes of the answer's body, all of which arrive.</summary>
    public Task BreakAfterAsync(long bytes) => Send(bytes);

    /// <summary>Never answers.</summary>
    public Task HangAsync() => Http.RequestAborted.AsTask();

    public Task RefuseAsync(string code, int status)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "application/xml";
        return Http.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>injected</Message></Error>");
    }
}

/// <summary>Stands before the emulator's S3, whose calls are streams, and lets a test do to one what networks and busy services do.</summary>
internal sealed class S3Proxy : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WebApplication _app;

    private S3Proxy(WebApplication app) => _app = app;

    public string Endpoint => _app.Urls.Single();

    /// <summary>What to do with a call; forwards it unless a test says otherwise.</summary>
    public Func<S3Call, Task> Intercept { get; set; } = call => call.ForwardAsync();

    public static async Task<S3Proxy> StartAsync(string emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var proxy = new S3Proxy(app);
        app.Run(async http =>
        {
            try
            {
                await proxy.Intercept(new S3Call(
                    http.Request.Method, http.Request.Path, http, breakAfter => proxy.SendAsync(emulator, http, breakAfter)));
            }
            catch (OperationCanceledException)
            {
                // The function went away, which is what some tests are about.
            }
        });
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task SendAsync(string emulator, HttpContext http, long? breakAfter)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method), emulator + http.Request.Path + http.Request.QueryString);
        if (http.Request.ContentLength > 0)
            request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, values) in http.Request.Headers.Where(header => header.Key != "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, [.. values]))
                request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        var headers = answer.Headers.Concat(answer.Content.Headers);
        foreach (var (name, values) in headers.Where(header => header.Key is not ("Transfer-Encoding" or "Connection")))
            http.Response.Headers[name] = values.ToArray();
        await CopyAsync(await answer.Content.ReadAsStreamAsync(http.RequestAborted), http, breakAfter ?? long.MaxValue);
    }

    private static async Task CopyAsync(Stream body, HttpContext http, long breakAfter)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            await http.Response.Body.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, breakAfter)), http.RequestAborted);
            if ((breakAfter -= read) > 0)
                continue;

            // Kestrel sends what there is and hangs up, because it is less than the length that was told. An abort would take some of it along.
            return;
        }
    }
}
