using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.ServiceDefaults;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class HttpResilienceTests
{
    [Fact]
    public async Task Every_client_of_the_factory_asks_again_what_is_safe_and_sends_nothing_twice_that_is_not()
    {
        var requests = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(http =>
        {
            requests.Enqueue(http.Request.Method);
            http.Response.StatusCode = requests.Count % 2 == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.CompletedTask;
        });
        await server.StartAsync();
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.AddServiceDefaults();
        host.Services.AddHttpClient("any", http => http.BaseAddress = new Uri(server.Urls.Single()));
        using var services = host.Build();
        using var client = services.Services.GetRequiredService<IHttpClientFactory>().CreateClient("any");

        using var read = await client.GetAsync(new Uri("/", UriKind.Relative));
        using var sent = await client.PostAsync(new Uri("/", UriKind.Relative), new StringContent("1"));

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, sent.StatusCode);
        Assert.Equal(["GET", "GET", "POST"], requests);
    }
}
