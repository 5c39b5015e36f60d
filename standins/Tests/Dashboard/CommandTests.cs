using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protos;

namespace Standins.Tests.Dashboard;

public class CommandTests
{
    [Fact]
    public async Task Command_that_succeeds_gives_its_message_and_result()
    {
        var reply = await ExecuteAsync(_ => CommandResults.Success("done", """{"sent":3}""", CommandResultFormat.Json, displayImmediately: true));

        Assert.Equal((CommandReplies.Succeeded, "done"), (reply.Kind, reply.Message));
        Assert.Equal(("""{"sent":3}""", 2, true), (reply.Result.Value, reply.Result.Format, reply.Result.DisplayImmediately));
    }

    [Fact]
    public async Task Command_that_fails_says_why()
    {
        var reply = await ExecuteAsync(_ => CommandResults.Failure("The queue is not empty."));

        Assert.Equal((CommandReplies.Failed, "The queue is not empty."), (reply.Kind, reply.Message));
        Assert.Null(reply.Result);
    }

    [Fact]
    public async Task Command_that_throws_fails_with_what_it_threw()
    {
        var reply = await ExecuteAsync(_ => throw new InvalidOperationException("The queue is gone."));

        Assert.Equal((CommandReplies.Failed, "The queue is gone."), (reply.Kind, reply.Message));
    }

    [Fact]
    public async Task Command_that_is_cancelled_says_so()
    {
        Assert.Equal(CommandReplies.Cancelled, (await ExecuteAsync(_ => CommandResults.Canceled())).Kind);
        Assert.Equal(CommandReplies.Cancelled, (await ExecuteAsync(_ => throw new OperationCanceledException())).Kind);
    }

    [Fact]
    public async Task Unknown_command_and_unknown_resource_fail_by_name()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");

        var command = await ExecuteAsync(fixture, "api", "fly");
        var resource = await ExecuteAsync(fixture, "nobody", "start");

        Assert.Equal(CommandReplies.Failed, command.Kind);
        Assert.Contains("fly", command.Message, StringComparison.Ordinal);
        Assert.Equal(CommandReplies.Failed, resource.Kind);
        Assert.Contains("nobody", resource.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_gives_up_cancels_the_command()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await AddAsync(fixture, async context =>
        {
            started.SetResult();
            await using var registration = context.CancellationToken.Register(cancelled.SetResult);
            await cancelled.Task;
            return CommandResults.Canceled();
        });
        using var caller = new CancellationTokenSource();
        var call = fixture.Client.SendAsync("ExecuteResourceCommand", Request("api", "go"), caller.Token);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await caller.CancelAsync();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static async Task<CommandReply> ExecuteAsync(Func<ExecuteCommandContext, ExecuteCommandResult> command)
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await AddAsync(fixture, context => Task.FromResult(command(context)));
        return await ExecuteAsync(fixture, "api", "go");
    }

    private static async Task AddAsync(ResourceServiceFixture fixture, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> command)
    {
        var api = await fixture.AddAsync("api");
        api.Annotations.Add(new ResourceCommandAnnotation(
            "go", "Go", _ => ResourceCommandState.Enabled, command, null, null, null, null, null, false));
    }

    private static async Task<CommandReply> ExecuteAsync(ResourceServiceFixture fixture, string resource, string command)
    {
        using var reply = await fixture.Client.SendAsync("ExecuteResourceCommand", Request(resource, command));
        var message = await reply.ReadAsync(CommandReply.Parser);
        Assert.Equal((0, ""), await reply.EndAsync());
        return message!;
    }

    private static CommandRequest Request(string resource, string command) => new() { ResourceName = resource, CommandName = command };
}
