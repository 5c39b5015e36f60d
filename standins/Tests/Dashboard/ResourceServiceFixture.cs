using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Standins.Tests.Dashboard;

/// <summary>The resource service on a free port, with the model's own services behind it and no dashboard in front.</summary>
internal sealed class ResourceServiceFixture : IAsyncDisposable
{
    public const string ApiKey = "the key of this run";

    private readonly IHost _host;

    private ResourceServiceFixture(IHost host)
    {
        _host = host;
        Client = new GrpcClient(Get<DashboardOptions>().ResourceServiceUrl!, ApiKey);
    }

    public GrpcClient Client { get; }

    public string Url => Get<DashboardOptions>().ResourceServiceUrl!;

    public ResourceFeed Feed => Get<ResourceFeed>();

    public ResourceNotificationService Notifications => Get<ResourceNotificationService>();

    public ResourceLoggerService Loggers => Get<ResourceLoggerService>();

    public static async Task<ResourceServiceFixture> StartAsync(string? url = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new DashboardOptions
        {
            Enabled = true, ApplicationName = "Quiz", ResourceServiceApiKey = ApiKey, ConfiguredResourceServiceUrl = url,
        });
        builder.Services.AddSingleton<ResourceLoggerService>();
        builder.Services.AddSingleton<ResourceNotificationService>();
        builder.Services.AddSingleton(services => new ResourceCommandService(
            services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<ResourceLoggerService>(), services));
        builder.Services.AddSingleton<ResourceFeed>();
        builder.Services.AddHostedService<ResourceFeedPump>();
        builder.Services.AddSingleton<ResourceService>();
        builder.Services.AddSingleton<ResourceServiceHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResourceServiceHost>());
        var host = builder.Build();
        await host.StartAsync();
        return new ResourceServiceFixture(host);
    }

    /// <summary>Publishes a state of a resource of that name and waits until watchers can see it.</summary>
    public async Task<TestResource> AddAsync(string name, string state = "Running")
    {
        var resource = new TestResource(name);
        await PublishAsync(resource, state);
        await Eventually.Is(() => Feed.Knows(name), $"{name} is in the feed");
        return resource;
    }

    public Task PublishAsync(IResource resource, string state) =>
        Notifications.PublishUpdateAsync(resource, snapshot => snapshot with { State = state });

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}

internal sealed class TestResource(string name) : Resource(name);
