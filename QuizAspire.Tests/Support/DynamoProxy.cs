using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace QuizAspire.Tests.Support;

/// <summary>One call of DynamoDB on its way through the proxy.</summary>
/// <param name="Operation">Such as <c>BatchWriteItem</c>.</param>
/// <param name="Forward">Sends a body, this one or another, to the emulator.</param>
internal sealed record DynamoCall(string Operation, string Body, Func<string, Task<DynamoAnswer>> Forward, CancellationToken Aborted)
{
    public Task<DynamoAnswer> ForwardAsync() => Forward(Body);
}

internal sealed record DynamoAnswer(int Status, string Body)
{
    public static DynamoAnswer Error(string code, int status = 400) =>
        new(status, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{code}}","message":"injected"}""");
}

/// <summary>Stands before the emulator and lets a test do to a call what networks and busy partitions do.</summary>
internal sealed class DynamoProxy : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _app;

    private DynamoProxy(WebApplication app) => _app = app;

    public string Endpoint => _app.Urls.Single();

    /// <summary>What to do with a call; forwards it unless a test says otherwise.</summary>
    public Func<DynamoCall, Task<DynamoAnswer>> Intercept { get; set; } = call => call.ForwardAsync();

    public static async Task<DynamoProxy> StartAsync(string emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var proxy = new DynamoProxy(app);
        app.MapPost("/", async (HttpContext http) =>
        {
            var target = http.Request.Headers["X-Amz-Target"].ToString();
            var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            var answer = await proxy.Intercept(new DynamoCall(
                target[(target.IndexOf('.', StringComparison.Ordinal) + 1)..],
                body,
                changed => proxy.SendAsync(emulator, http.Request, target, changed),
                http.RequestAborted));
            return Results.Text(answer.Body, "application/x-amz-json-1.0", statusCode: answer.Status);
        });
        await app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task<DynamoAnswer> SendAsync(string emulator, HttpRequest original, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.Add("X-Amz-Date", original.Headers["X-Amz-Date"].ToString());
        request.Headers.TryAddWithoutValidation("Authorization", original.Headers.Authorization.ToString());
        using var response = await _http.SendAsync(request);
        return new DynamoAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
