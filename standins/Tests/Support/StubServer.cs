using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Standins.Tests;

/// <summary>An HTTP endpoint that keeps what it was asked and answers what the test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubServer(WebApplication app) => _app = app;

    public ConcurrentQueue<(IHeaderDictionary Headers, string Body)> Requests { get; } = new();

    public string Url => _app.Urls.Single();

    /// <param name="answer">Gets the request's number, from 1.</param>
    public static async Task<StubServer> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StubServer(builder.Build());
        server._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            server.Requests.Enqueue((new HeaderDictionary(context.Request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
            await answer(context, server.Requests.Count);
        });
        await server._app.StartAsync();
        return server;
    }

    public static Task<StubServer> AnsweringAsync(string json) => StartAsync((context, _) => WriteAsync(context, 200, json));

    public static Task<StubServer> FailingAsync(int status, string json, string? queryError = null) =>
        StartAsync((context, _) => WriteAsync(context, status, json, queryError));

    /// <summary>An answer of the query protocol.</summary>
    public static Task WriteXmlAsync(HttpContext context, int status, string xml)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/xml";
        return context.Response.WriteAsync(xml);
    }

    public static Task WriteAsync(HttpContext context, int status, string json, string? queryError = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        if (queryError is not null)
        {
            context.Response.Headers["x-amzn-query-error"] = queryError;
        }

        return context.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
