using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

[Collection(UsesEmulators.Name)]
public sealed class LocalMoveTasksTests(Emulators emulators)
{
    [Fact]
    public async Task A_queue_has_one_task_at_a_time_and_another_queue_its_own()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await using var other = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "held")]);
        var go = new TaskCompletionSource();
        world.Sqs.BeforeDelete = _ => go.Task;
        using var tasks = new LocalMoveTasks(world.Sqs, TimeProvider.System);

        Assert.NotNull(tasks.TryStart(world.Queue, null));
        Assert.Null(tasks.TryStart(world.Queue, null));
        Assert.NotNull(tasks.TryStart(other.Queue, null));

        go.SetResult();
        await EndsAsync(tasks, world.Queue, MoveTaskStatus.Completed);
        Assert.NotNull(tasks.TryStart(world.Queue, 7));
        await EndsAsync(tasks, world.Queue, MoveTaskStatus.Completed);
        Assert.Equal([7, null], tasks.List(world.Queue).Select(task => task.MaxPerSecond));
        Assert.Single(await world.TakeSourceAsync());
    }

    [Fact]
    public async Task Only_the_newest_tasks_are_remembered()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        using var tasks = new LocalMoveTasks(world.Sqs, TimeProvider.System);
        for (var rate = 1; rate <= 13; rate++)
        {
            Assert.NotNull(tasks.TryStart(world.Queue, rate));
            await EndsAsync(tasks, world.Queue, MoveTaskStatus.Completed);
        }

        Assert.Equal(Enumerable.Range(4, 10).Reverse(), tasks.List(world.Queue).Select(task => task.MaxPerSecond!.Value));
    }

    [Fact]
    public async Task A_task_is_cancelling_until_the_message_at_hand_is_done()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "at hand"), ("ada", "next")]);
        var (sent, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Sqs.BeforeDelete = _ =>
        {
            sent.TrySetResult();
            return go.Task;
        };
        using var tasks = new LocalMoveTasks(world.Sqs, TimeProvider.System);
        tasks.TryStart(world.Queue, null);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(MoveTaskStatus.Cancelling, tasks.TryCancel(world.Queue)!.Status);
        Assert.Null(tasks.TryStart(world.Queue, null));
        go.SetResult();
        await EndsAsync(tasks, world.Queue, MoveTaskStatus.Cancelled);

        Assert.Null(tasks.TryCancel(world.Queue));
        Assert.Equal("at hand", Assert.Single(await world.TakeSourceAsync()).Body);
        Assert.Equal("next", Assert.Single(await world.TakeDeadAsync()).Body);
    }

    [Fact]
    public async Task Shutdown_stops_between_two_messages_and_nothing_starts_after_it()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "at hand"), ("ada", "next")]);
        var (sent, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Sqs.BeforeDelete = _ =>
        {
            sent.TrySetResult();
            return go.Task;
        };
        using var tasks = new LocalMoveTasks(world.Sqs, TimeProvider.System);
        tasks.TryStart(world.Queue, null);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var stopping = tasks.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        go.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Null(tasks.TryStart(world.Queue, null));
        Assert.Equal("at hand", Assert.Single(await world.TakeSourceAsync()).Body);
        Assert.Equal((1L, 0L), (await world.DeadAsync()) is var dead ? (dead.Visible, dead.InFlight) : default);
    }

    private static Task EndsAsync(LocalMoveTasks tasks, DeadLetterQueue queue, MoveTaskStatus status) =>
        Eventually.BecomesTrueAsync(() => Task.FromResult(tasks.List(queue)[0].Status == status), $"the task is {status}");
}
