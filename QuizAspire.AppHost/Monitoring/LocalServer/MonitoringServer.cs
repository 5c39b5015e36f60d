using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace QuizAspire.AppHost.Monitoring.LocalServer;

/// <summary>
/// The one web server inside AppHost, for what processes ask AppHost itself: parts give it their routes while the application is composed. Its
/// port is its own from the beginning, so that its address can be handed to processes before it listens. On loopback alone.
/// </summary>
internal sealed class MonitoringServer : IAsyncDisposable
{
    // No route reads more: the largest are GetMetricData's requests.
    private const int MaxRequestBytes = 1_048_576;

    private readonly List<Action<IEndpointRouteBuilder>> _routes = [];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _endpoint;
    private readonly string _host;
    private WebApplication? _app;

    public MonitoringServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _endpoint = (IPEndPoint)_socket.LocalEndPoint!;
        _host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_endpoint.Port}");
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address => $"http://{_host}";

    /// <summary>Adds routes; before the application starts.</summary>
    public void Map(Action<IEndpointRouteBuilder> routes) => _routes.Add(routes);

    public async Task StartAsync(ILoggerFactory loggers, CancellationToken cancellation)
    {
        // Without the usual defaults, which would have it listen on AppHost's own ASPNETCORE_URLS.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, OuterLifetime>();
        builder.Services.AddRoutingCore();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _ => _socket);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(_endpoint);
        });

        _app = builder.Build();
        _app.Use(RequireOwnHost);
        _app.UseRouting();
        foreach (var routes in _routes)
            routes(_app);
        await _app.StartAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _socket.Dispose();
    }

    /// <summary>A page in the developer's browser whose own name was made to lead here could otherwise read the inbox.</summary>
    private Task RequireOwnHost(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Value == _host)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    /// <summary>It ends with the application around it, not with Ctrl+C of its own.</summary>
    private sealed class OuterLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
