using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.Dashboard.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Serves <see cref="ResourceService"/> to the dashboard: gRPC over plain HTTP/2 on loopback, for callers that know this run's key.
/// </summary>
internal sealed class ResourceServiceHost(
    DashboardOptions options, ResourceService service, IHostApplicationLifetime lifetime, ILoggerFactory loggerFactory)
        : IHostedService, IAsyncDisposable
{
    internal const string ApiKeyHeader = "x-resource-service-api-key";

    private readonly TaskCompletionSource<string> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _apiKeyHash = Hash(options.ResourceServiceApiKey);
    private WebApplication? _app;

    /// <summary>The address, once it listens.</summary>
    public Task<string> GetUrlAsync(CancellationToken cancellationToken) => _url.Task.WaitAsync(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Without the usual defaults, which would have it listen on the application host's own ASPNETCORE_URLS.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddSingleton(loggerFactory);
            builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
            builder.Services.AddRoutingCore();
            builder.WebHost.UseKestrelCore();
            builder.WebHost.ConfigureKestrel(Listen);

            _app = builder.Build();
            _app.Use(RequireApiKey);
            _app.UseRouting();
            service.Map(_app, new GrpcEndpoints(ResourceService.Name, lifetime, loggerFactory.CreateLogger<ResourceService>()));
            await _app.StartAsync(cancellationToken);

            options.ResourceServiceUrl = _app.Urls.Single();
            _url.SetResult(options.ResourceServiceUrl);
        }
        catch (IOException exception)
        {
            throw new DistributedApplicationException(
                $"The resource service cannot listen on {options.ConfiguredResourceServiceUrl ?? "loopback"}: {exception.Message} "
                + $"{DashboardOptions.ResourceServiceUrlKey} sets its address; without it, any free port is taken.", exception);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await _app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var (address, port) = Endpoint(options.ConfiguredResourceServiceUrl);
        kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http2);
    }

    private static (IPAddress Address, int Port) Endpoint(string? configured)
    {
        if (configured is null)
            return (IPAddress.Loopback, 0);

        var url = new Uri(configured);
        if (url.Scheme != Uri.UriSchemeHttp || !url.IsLoopback)
            throw new DistributedApplicationException(
                $"{DashboardOptions.ResourceServiceUrlKey} must be an http address on loopback, and is {configured}.");
        return (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback, url.Port);
    }

    private Task RequireApiKey(HttpContext context, RequestDelegate next)
    {
        // Hashes have one length and are compared in constant time, so that neither the key nor its length can be timed.
        if (context.Request.Headers[ApiKeyHeader] is [{ } key] && CryptographicOperations.FixedTimeEquals(Hash(key), _apiKeyHash))
            return next(context);

        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", new StringValues(((int)GrpcStatus.Unauthenticated).ToString(null as IFormatProvider)));
        context.Response.AppendTrailer("grpc-message", $"The header {ApiKeyHeader} must hold this run's key.");
        return Task.CompletedTask;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Leaves Ctrl+C to the application host, which stops this server with everything else.</summary>
    private sealed class OuterLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
