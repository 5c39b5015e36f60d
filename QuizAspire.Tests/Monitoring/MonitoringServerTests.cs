using System.Net;
using Aspire.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using QuizAspire.AppHost.Monitoring.LocalServer;

namespace QuizAspire.Tests.Monitoring;

/// <summary>AppHost's own web server, in an application that has nothing else.</summary>
public sealed class MonitoringServerTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Parts_answer_at_the_address_that_was_known_before_the_start()
    {
        var builder = Builder();
        var server = builder.AddMonitoringServer();
        var address = server.Address;
        server.Map(routes => routes.MapGet("/one", context => context.Response.WriteAsync("first part")));
        server.Map(routes => routes.MapPost("/", context => context.Response.WriteAsync("second part")));
        await using var application = builder.Build();
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync($"{address}/one"));

        await application.StartAsync();

        Assert.Equal("first part", await Http.GetStringAsync($"{address}/one"));
        using var posted = await Http.PostAsync(address, null);
        Assert.Equal("second part", await posted.Content.ReadAsStringAsync());
        Assert.StartsWith("http://127.0.0.1:", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_application()
    {
        var builder = Builder();
        var server = builder.AddMonitoringServer();
        server.Map(routes => routes.MapGet("/", context => context.Response.WriteAsync("here")));
        await using (var application = builder.Build())
        {
            await application.StartAsync();
            Assert.Equal("here", await Http.GetStringAsync(server.Address));
            await application.StopAsync();
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(server.Address));
    }

    [Fact]
    public async Task Request_under_another_name_is_not_answered()
    {
        await using var server = new MonitoringServer();
        server.Map(routes => routes.MapGet("/", context => context.Response.WriteAsync("here")));
        await server.StartAsync(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Address);
        request.Headers.Host = "evil.example";

        using var answer = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Two_servers_have_two_ports()
    {
        await using var one = new MonitoringServer();
        await using var other = new MonitoringServer();

        Assert.NotEqual(one.Address, other.Address);
    }

    private static IDistributedApplicationBuilder Builder() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
}
