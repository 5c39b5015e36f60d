using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Standins.Tests.Hosting;

/// <summary>Aspire.Hosting.Testing runs SampleHost's own Main; SampleHost runs SampleService, alone and as twins.</summary>
public sealed class TestingTests
{
    [Fact]
    public async Task An_AppHost_runs_in_the_test_and_its_projects_answer()
    {
        await using var app = await StartAsync("--Sample:Greeting=hi");
        await app.ResourceNotifications.WaitForResourceHealthyAsync("twins", TestHost.Deadline());

        using var client = app.CreateHttpClient("service");
        var environment = (await client.GetStringAsync(new Uri("/environment", UriKind.Relative))).Split('\n');

        Assert.Contains("GREETING=hi", environment);
        Assert.Contains("FROM_PROFILE=yes", environment);
        Assert.Contains("ASPNETCORE_ENVIRONMENT=Development", environment);
        Assert.Contains("OTEL_SERVICE_NAME=service", environment);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317", environment);
        Assert.NotEqual(5290, app.GetEndpoint("service", "http").Port);
        Assert.EndsWith("SampleService", await client.GetStringAsync(new Uri("/directory", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_are_instances_of_their_own_behind_one_endpoint()
    {
        await using var app = await StartAsync();
        var instances = new Dictionary<string, CustomResourceSnapshot>();
        await foreach (var change in app.ResourceNotifications.WatchAsync(TestHost.Deadline()))
        {
            if (change.Resource.Name == "twins" && change.Snapshot.State?.Text == KnownResourceStates.Running)
                instances[change.ResourceId] = change.Snapshot;
            if (instances.Count == 2)
                break;
        }

        foreach (var (id, snapshot) in instances)
        {
            var suffix = id["twins-".Length..];
            Assert.Contains(snapshot.EnvironmentVariables, variable => variable.Value == $"service.instance.id={suffix}");
            Assert.DoesNotContain(snapshot.EnvironmentVariables, variable => variable.Name == "FROM_PROFILE");
            Assert.Equal("Project", snapshot.ResourceType);
        }
        Assert.Equal(2,
            instances.Values.Select(snapshot => snapshot.Properties.Single(property => property.Name == "executable.pid").Value).Distinct().Count());
        using var client = app.CreateHttpClient("twins");
        await Eventually.Is(async () => await IsHealthy(client), "a twin answers");
    }

    [Fact]
    public async Task Two_AppHosts_run_at_once_and_another_one_after_them()
    {
        var both = await Task.WhenAll(StartAsync("--Sample:Greeting=one"), StartAsync("--Sample:Greeting=two"));
        Assert.Equal("one", await GreetingOf(both[0]));
        Assert.Equal("two", await GreetingOf(both[1]));
        await Task.WhenAll(both.Select(app => app.DisposeAsync().AsTask()));

        await using var third = await StartAsync("--Sample:Greeting=three");
        Assert.Equal("three", await GreetingOf(third));
    }

    [Fact]
    public async Task A_test_changes_the_model_before_it_is_built()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(TestHost.Deadline());
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.CreateResourceBuilder<ProjectResource>("service").WithEnvironment("GREETING", "changed");
        await using var app = await builder.BuildAsync(TestHost.Deadline());
        await app.StartAsync(TestHost.Deadline());

        Assert.Equal("changed", await GreetingOf(app));
    }

    private static async Task<DistributedApplication> StartAsync(params string[] args)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleHost>(args, TestHost.Deadline());
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var app = await builder.BuildAsync(TestHost.Deadline());
        await app.StartAsync(TestHost.Deadline());
        return app;
    }

    private static async Task<string> GreetingOf(DistributedApplication app)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync("service", TestHost.Deadline());
        using var client = app.CreateHttpClient("service");
        var environment = await client.GetStringAsync(new Uri("/environment", UriKind.Relative));
        return environment.Split('\n').Single(line => line.StartsWith("GREETING=", StringComparison.Ordinal))["GREETING=".Length..];
    }

    private static async Task<bool> IsHealthy(HttpClient client)
    {
        try
        {
            return await client.GetStringAsync(new Uri("/health", UriKind.Relative)) == "healthy";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
