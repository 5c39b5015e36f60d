using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace QuizAspire.Tests.Support;

/// <summary>One call of a service of the JSON or the query protocol.</summary>
/// <param name="Operation">Such as <c>Publish</c>.</param>
/// <param name="Forward">Sends a body, this one or another, to the emulator.</param>
internal sealed record AwsCall(string Operation, string Body, Func<string, Task<AwsAnswer>> Forward, CancellationToken Aborted)
{
    public Task<AwsAnswer> ForwardAsync() => Forward(Body);

    /// <summary>Never answers.</summary>
    public async Task<AwsAnswer> HangAsync()
    {
        await Aborted.AsTask();
        return new AwsAnswer(504, "", "text/plain");
    }
}

internal sealed record AwsAnswer(int Status, string Body, string ContentType = AwsAnswer.Json)
{
    private const string Json = "application/x-amz-json-1.0";

    public static AwsAnswer JsonError(string code, int status = 400) =>
        new(status, $$"""{"__type":"com.amazonaws.service#{{code}}","message":"injected"}""");

    public static AwsAnswer XmlError(string code, int status = 400) => new(
        status,
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>injected</Message></Error><RequestId>r</RequestId></ErrorResponse>",
        "text/xml");
}

/// <summary>Stands before an emulator, or in the place of one, and lets a test do to a call what networks and busy services do.</summary>
internal sealed class AwsProxy : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _app;

    private AwsProxy(WebApplication app) => _app = app;

    public string Endpoint => _app.Urls.Single();

    /// <summary>What to do with a call; forwards it unless a test says otherwise.</summary>
    public Func<AwsCall, Task<AwsAnswer>> Intercept { get; set; } = call => call.ForwardAsync();

    /// <param name="emulator">Where calls go; null where <see cref="Intercept"/> answers all of them.</param>
    public static async Task<AwsProxy> StartAsync(string? emulator = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new AwsProxy(app);
        app.MapPost("{**path}", async (HttpContext http) =>
        {
            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            var target = http.Request.Headers["X-Amz-Target"].ToString();
            var operation = target.Length > 0
                ? target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..]
                : QueryHelpers.ParseQuery(body)["Action"].ToString();
            var answer = await proxy.Intercept(new AwsCall(
                operation,
                body,
                changed => proxy.SendAsync(emulator ?? throw new InvalidOperationException("There is no emulator."), http.Request, changed),
                http.RequestAborted));
            return Results.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
        });
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task<AwsAnswer> SendAsync(string emulator, HttpRequest original, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(original.ContentType!);
        foreach (var header in new[] { "X-Amz-Target", "X-Amz-Date", "Authorization" })
            request.Headers.TryAddWithoutValidation(header, original.Headers[header].ToString());
        using var response = await _http.SendAsync(request);
        return new AwsAnswer(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString() ?? "text/plain");
    }
}
