using System.Text;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer.Hosting.Internal;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Support;
using Standins.Tests.Lambda;

namespace Standins.Tests.LambdaHosting;

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;

/// <summary>An application of one handler, which is given events as JSON and gives answers as JSON, without a runtime around it.</summary>
internal sealed class HostedApplication : IAsyncDisposable
{
    private readonly SourceGeneratorLambdaJsonSerializer<HttpApiJson> _serializer = new();
    private readonly WebApplication _app;
    private readonly EventServer _server;

    private HostedApplication(WebApplication app, LogLines log)
    {
        (_app, Log) = (app, log);
        _server = (EventServer)app.Services.GetRequiredService<IServer>();
    }

    public LogLines Log { get; }

    public static async Task<HostedApplication> StartAsync(RequestDelegate handler, Action<WebApplication>? pipeline = null)
    {
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.RemoveAll<IServer>();
        builder.Services.AddSingleton<IServer, EventServer>();
        var app = builder.Build();
        pipeline?.Invoke(app);
        app.Run(handler);
        await app.StartAsync();
        return new HostedApplication(app, log);
    }

    /// <summary>One request of an application that is only made for it.</summary>
    public static async Task<GatewayAnswer> ServeAsync(GatewayEvent request, RequestDelegate handler)
    {
        await using var application = await StartAsync(handler);
        return await application.ServeAsync(request);
    }

    public async Task<GatewayAnswer> ServeAsync(GatewayEvent request, ILambdaContext? context = null)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(request.ToJson()));
        var answer = await _server.Function!(_serializer.Deserialize<APIGatewayHttpApiV2ProxyRequest>(input), context!);
        using var output = new MemoryStream();
        _serializer.Serialize(answer, output);
        return new GatewayAnswer(Encoding.UTF8.GetString(output.ToArray()));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class EventServer(IServiceScopeFactory scopes, ILogger<EventServer> logger) : IServer
    {
        public Func<APIGatewayHttpApiV2ProxyRequest, ILambdaContext, Task<APIGatewayHttpApiV2ProxyResponse>>? Function { get; private set; }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            Function = new HttpApiFunction<TContext>(application, scopes, logger).HandleAsync;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
