using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.Tests.Embedded;

/// <summary>A small application with the embedded AWS in it, running.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DistributedApplication _application;

    private Hosted(DistributedApplication application, StackPlan plan) => (_application, Plan) = (application, plan);

    public StackPlan Plan { get; }

    public static async Task<Hosted> StartAsync(IDistributedApplicationBuilder builder, StackPlan plan)
    {
        var hosted = new Hosted(builder.Build(), plan);
        using var deadline = new CancellationTokenSource(Limit);
        await hosted._application.StartAsync(deadline.Token);
        return hosted;
    }

    public async Task<CustomResourceSnapshot> ReachedAsync(string resource, string state)
    {
        using var deadline = new CancellationTokenSource(Limit);
        return (await _application.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, deadline.Token)).Snapshot;
    }

    public async Task<ExecuteCommandResult> CommandAsync(string resource, string command)
    {
        using var deadline = new CancellationTokenSource(Limit);
        return await _application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command, deadline.Token);
    }

    /// <summary>What the resource has logged so far.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string resource)
    {
        Assert.True(_application.ResourceNotifications.TryGetCurrentState(resource, out var state), $"No state of {resource} was ever published.");
        var lines = new List<string>();
        await foreach (var batch in _application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(state.ResourceId))
            lines.AddRange(batch.Select(line => line.Content));
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(Limit);
        await _application.StopAsync(deadline.Token);
        await _application.DisposeAsync();
    }
}
