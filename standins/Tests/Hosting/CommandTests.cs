using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Standins.Tests.Hosting;

public sealed class CommandTests
{
    [Fact]
    public async Task A_process_is_stopped_and_started_again_by_command()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sleep", ".", "100");
        await using var host = await TestHost.StartAsync(builder);
        var first = Pid(await host.Reached("sleeper", KnownResourceStates.Running));

        Assert.True((await Execute(host, "stop")).Success);
        Assert.Equal(KnownResourceStates.Finished, host.Snapshot("sleeper").State?.Text);
        Assert.False(Directory.Exists($"/proc/{first}"));
        Assert.Equal(ResourceCommandState.Enabled, State(host, "start"));
        Assert.Equal(ResourceCommandState.Hidden, State(host, "stop"));

        Assert.True((await Execute(host, "start")).Success);
        var second = Pid(await host.Reached("sleeper", KnownResourceStates.Running));
        Assert.NotEqual(first, second);
        Assert.Equal(ResourceCommandState.Enabled, State(host, "stop"));
    }

    [Fact]
    public async Task A_restart_is_a_new_process_that_keeps_the_log()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sh", ".", "-c", "echo begin; exec sleep 100");
        await using var host = await TestHost.StartAsync(builder);
        await Eventually.Is(async () => (await host.Log("sleeper")).Any(line => line.Text == "begin"), "the first start is in the log");
        var first = Pid(host.Snapshot("sleeper"));

        Assert.True((await Execute(host, "restart")).Success);

        await host.Notifications.WaitForResourceAsync("sleeper",
            change => change.Snapshot.State?.Text == KnownResourceStates.Running && Pid(change.Snapshot) != first, TestHost.Deadline());
        await Eventually.Is(async () => (await host.Log("sleeper")).Count(line => line.Text == "begin") == 2, "both starts are in the log");
    }

    [Fact]
    public async Task A_resource_that_starts_by_command_does_nothing_before()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sleep", ".", "100").WithExplicitStart();
        await using var host = await TestHost.StartAsync(builder);

        Assert.Equal(KnownResourceStates.NotStarted, host.Snapshot("sleeper").State?.Text);
        Assert.True((await Execute(host, "start")).Success);

        await host.Reached("sleeper", KnownResourceStates.Running);
    }

    [Fact]
    public async Task The_applications_own_command_runs_and_its_state_follows_the_resource()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sleep", ".", "100").WithCommand("greet", "Greet",
            context => Task.FromResult(CommandResults.Success($"hello {context.ResourceName}")),
            new CommandOptions
            {
                UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                    ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
                IconName = "Hand",
            });
        builder.Resources.TryGetByName("sleeper", out var resource);
        await using var host = await TestHost.StartAsync(builder);
        await host.Reached("sleeper", KnownResourceStates.Running);
        Assert.Equal(ResourceCommandState.Enabled, State(host, "greet"));

        var result = await host.App.ResourceCommands.ExecuteCommandAsync(resource!, "greet");

        Assert.True(result.Success);
        Assert.Equal($"hello {resource!.GetResolvedResourceNames()[0]}", result.Message);
        await Execute(host, "stop");
        Assert.Equal(ResourceCommandState.Disabled, State(host, "greet"));
    }

    [Fact]
    public async Task An_unknown_command_and_a_failing_one_are_failures_that_say_why()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("sleeper", "sleep", ".", "100").WithCommand("fail", "Fail", _ => throw new InvalidOperationException("out of order"));
        await using var host = await TestHost.StartAsync(builder);

        Assert.Contains("not available", (await Execute(host, "no-such-command")).Message, StringComparison.Ordinal);
        Assert.Equal("out of order", (await Execute(host, "fail")).Message);
        Assert.Contains("no resource", (await host.App.ResourceCommands.ExecuteCommandAsync("nobody", "stop")).Message, StringComparison.Ordinal);
    }

    private static Task<ExecuteCommandResult> Execute(TestHost host, string command)
        => host.App.ResourceCommands.ExecuteCommandAsync("sleeper", command, TestHost.Deadline());

    private static ResourceCommandState State(TestHost host, string command)
        => host.Snapshot("sleeper").Commands.Single(candidate => candidate.Name == command).State;

    private static int Pid(CustomResourceSnapshot snapshot)
        => (int)snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
}
