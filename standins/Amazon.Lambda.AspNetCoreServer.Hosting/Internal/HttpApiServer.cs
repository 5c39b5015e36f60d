using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.AspNetCoreServer.Hosting.Internal;

/// <summary>
/// A server without a socket: what the Runtime API hands out is what it serves, one request at a time. As in the real package it is never
/// done starting, so nothing that waits for the host to have started ever runs, and a request to stop is not heard.
/// </summary>
internal sealed class HttpApiServer(IServiceProvider services, ILambdaSerializer serializer) : IServer
{
    public IFeatureCollection Features { get; } = new FeatureCollection();

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        var function = new HttpApiFunction<TContext>(
            application, services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<ILogger<HttpApiServer>>());
        using var bootstrap = LambdaBootstrapBuilder
            .Create<APIGatewayHttpApiV2ProxyRequest, APIGatewayHttpApiV2ProxyResponse>(function.HandleAsync, serializer)
            .Build();
        await bootstrap.RunAsync(CancellationToken.None);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
