using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Standins.Tests.Hosting;

public sealed class WaitTests
{
    [Fact]
    public async Task A_resource_waits_until_its_dependency_is_healthy()
    {
        var healthy = false;
        var builder = TestHost.CreateBuilder();
        builder.Services.AddHealthChecks().AddCheck("gate", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not yet"));
        var dependency = builder.AddExecutable("dependency", "sleep", ".", "100").WithHealthCheck("gate");
        builder.AddExecutable("dependent", "sleep", ".", "100").WaitFor(dependency);
        var app = builder.Build();
        var starting = app.StartAsync(TestHost.Deadline());
        await using var host = TestHost.Of(app);

        await host.Notifications.WaitForResourceAsync("dependency", change => change.Snapshot.HealthStatus == HealthStatus.Unhealthy
            && change.Snapshot.HealthReports is [{ Description: "not yet" }], TestHost.Deadline());
        await host.Reached("dependent", KnownResourceStates.Waiting);
        Assert.False(starting.IsCompleted);
        healthy = true;

        await starting;
        await host.Reached("dependent", KnownResourceStates.Running);
        Assert.Equal(HealthStatus.Healthy, host.Snapshot("dependency").HealthStatus);
        Assert.Contains(await host.Log("dependent"), line => line.Text == "Waits until 'dependency' is healthy.");
    }

    [Fact]
    public async Task A_resource_starts_after_the_end_of_what_it_waits_for()
    {
        CustomResourceSnapshot? seen = null;
        var builder = TestHost.CreateBuilder();
        var job = builder.AddExecutable("job", "sh", ".", "-c", "exit 7");
        // Not by time stamps: DCP reads a process's start from the kernel, tens of milliseconds off the clock that it takes the end from.
        builder.AddExecutable("after", "sleep", ".", "100").WaitForCompletion(job, exitCode: 7).OnBeforeResourceStarted((_, @event, _) =>
        {
            @event.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState("job", out var change);
            seen = change?.Snapshot;
            return Task.CompletedTask;
        });
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("after", KnownResourceStates.Running);

        Assert.Equal((KnownResourceStates.Finished, 7), (seen?.State?.Text, seen?.ExitCode));
    }

    [Fact]
    public async Task Another_exit_code_than_the_expected_one_fails_who_waits_for_it()
    {
        var builder = TestHost.CreateBuilder();
        var job = builder.AddExecutable("job", "sh", ".", "-c", "exit 1");
        builder.AddExecutable("after", "sleep", ".", "100").WaitForCompletion(job);
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("after", KnownResourceStates.FailedToStart);

        Assert.Contains(await host.Log("after"), line => line.IsError && line.Text.Contains("ended with exit code 1 instead of 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_dashboard_nobody_waits_for_what_cannot_start()
    {
        var builder = TestHost.CreateBuilder();
        var broken = builder.AddExecutable("broken", "no-such-program-anywhere", ".");
        builder.AddExecutable("dependent", "sleep", ".", "100").WaitFor(broken);
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("dependent", KnownResourceStates.FailedToStart);

        Assert.Contains(
            await host.Log("dependent"),
            line => line.Text.Contains("'broken', which this resource waits for, did not start.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_waiting_resource_that_is_started_by_hand_waits_no_longer()
    {
        var builder = TestHost.CreateBuilder();
        var never = builder.AddExecutable("never", "sleep", ".", "100").WithExplicitStart();
        builder.AddExecutable("impatient", "sleep", ".", "100").WaitFor(never);
        var app = builder.Build();
        var starting = app.StartAsync(TestHost.Deadline());
        await using var host = TestHost.Of(app);
        await host.Reached("impatient", KnownResourceStates.Waiting);

        var result = await app.ResourceCommands.ExecuteCommandAsync("impatient", KnownResourceCommands.StartCommand, TestHost.Deadline());

        Assert.True(result.Success);
        await host.Reached("impatient", KnownResourceStates.Running);
        await starting;
        Assert.Equal(KnownResourceStates.NotStarted, host.Snapshot("never").State?.Text);
    }

    [Fact]
    public async Task A_resource_without_a_process_drives_its_own_state_and_others_wait_for_its_ready_handlers()
    {
        var steps = new List<string>();
        var builder = TestHost.CreateBuilder();
        var store = builder.AddResource(new Store("store"))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Store", Properties = [], State = KnownResourceStates.NotStarted })
            .OnInitializeResource(async (resource, @event, ct) =>
            {
                await @event.Notifications.PublishUpdateAsync(resource, state => state with { State = KnownResourceStates.Running });
            })
            .OnResourceReady((_, _, _) =>
            {
                steps.Add("ready");
                return Task.CompletedTask;
            });
        builder.AddExecutable("user", "sleep", ".", "100").WaitFor(store).OnBeforeResourceStarted((_, _, _) =>
        {
            steps.Add("before start");
            return Task.CompletedTask;
        });
        await using var host = await TestHost.StartAsync(builder);

        await host.Reached("user", KnownResourceStates.Running);

        Assert.Equal(["ready", "before start"], steps);
        Assert.Contains(new RelationshipSnapshot("store", "WaitFor"), host.Snapshot("user").Relationships);
    }

    private sealed class Store(string name) : Resource(name);
}
