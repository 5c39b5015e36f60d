using Amazon.SQS.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>
/// Receive, send, delete against the real fauxqs. The oracle: what was dead is in the queue once, or still dead, and never both or neither.
/// </summary>
[Collection(UsesEmulators.Name)]
public sealed class LocalMoveTaskTests(Emulators emulators)
{
    [Fact]
    public async Task A_redrive_moves_everything_in_the_order_of_its_group_with_what_belongs_to_it()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var messages = Enumerable.Range(0, 40).Select(n => ($"s{n % 7}", $"body {n}")).ToList();
        var ids = await world.SendDeadAsync(messages, new() { ["kept"] = new() { DataType = "String", StringValue = "yes" } });

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Completed, 40L, 40L, (string?)null), (task.Status, task.Moved, task.ToMove, task.FailureReason));
        Assert.Equal(0, (await world.DeadAsync()).Total);
        var redriven = await world.TakeSourceAsync();
        Assert.Equal(messages.Select(message => message.Item2).Order(), redriven.Select(message => message.Body).Order());
        foreach (var group in redriven.GroupBy(message => message.Group()))
            Assert.Equal(
                messages.Where(message => message.Item1 == group.Key).Select(message => message.Item2), group.Select(message => message.Body));
        Assert.All(redriven, message => Assert.Equal("yes", message.MessageAttributes["kept"].StringValue));
        // The first life's id, so that what has no id of its own is known again.
        Assert.Equal(ids.Order(), redriven.Select(message => message.StatedOrigin()!.MessageId).Order());
    }

    [Fact]
    public async Task A_standard_queue_is_redriven_too()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs, isFifo: false);
        await world.SendDeadAsync(Enumerable.Range(0, 25).Select(n => ("", $"body {n}")));

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Completed, 25L), (task.Status, task.Moved));
        Assert.Equal(0, (await world.DeadAsync()).Total);
        Assert.Equal(
            Enumerable.Range(0, 25).Select(n => $"body {n}").Order(), (await world.TakeSourceAsync()).Select(message => message.Body).Order());
    }

    [Fact]
    public async Task What_fails_again_while_the_task_runs_is_not_moved_twice()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync(Enumerable.Range(0, 12).Select(n => ($"s{n % 3}", $"body {n}")));
        // A consumer that fails at once: what is redriven is dead again before the next receive.
        world.Sqs.AfterSend = _ => world.DieAsync();

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Completed, 12L), (task.Status, task.Moved));
        Assert.Equal(12, world.Sqs.Sent.Count);
        var depth = await world.DeadAsync();
        Assert.Equal((12L, 0L), (depth.Visible, depth.InFlight));
    }

    [Fact]
    public async Task A_second_redrive_right_after_the_first_is_not_dropped_as_a_duplicate()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "again and again")]);
        for (var life = 0; life < 3; life++)
        {
            Assert.Equal(1, (await world.RedriveAsync()).Moved);
            if (life < 2)
                await world.DieAsync();
        }

        Assert.Equal("again and again", Assert.Single(await world.TakeSourceAsync()).Body);
    }

    [Fact]
    public async Task A_crash_between_send_and_delete_loses_nothing_and_doubles_nothing()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync(Enumerable.Range(0, 5).Select(n => ($"s{n}", $"body {n}")));
        var sent = new TaskCompletionSource();
        world.Sqs.BeforeDelete = _ =>
        {
            sent.TrySetResult();
            return new TaskCompletionSource().Task; // the process is gone
        };
        _ = world.CreateTask().RunAsync(CancellationToken.None);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await world.Sqs.ExpireReceivesAsync(world.Direct);
        Assert.Equal(5, (await world.DeadAsync()).Visible);

        world.Sqs.BeforeDelete = _ => Task.CompletedTask;
        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Completed, 5L), (task.Status, task.Moved));
        Assert.Equal(0, (await world.DeadAsync()).Total);
        Assert.Equal(Enumerable.Range(0, 5).Select(n => $"body {n}"), (await world.TakeSourceAsync()).Select(message => message.Body).Order());
    }

    [Fact]
    public async Task What_was_sent_and_could_not_be_deleted_is_deleted_later_and_not_sent_again()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs, isFifo: false);
        await world.SendDeadAsync([("", "a"), ("", "b")]);
        var refusals = 0;
        world.Sqs.BeforeDelete = async _ =>
        {
            if (Interlocked.Increment(ref refusals) > 4)
                return;
            await world.Sqs.ExpireReceivesAsync(world.Direct);
            throw new HttpRequestException("injected");
        };

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Completed, 2L), (task.Status, task.Moved));
        Assert.Equal(["a", "b"], (await world.TakeSourceAsync()).Select(message => message.Body).Order());
        Assert.Equal(["a", "b"], world.Sqs.Sent.Order());
        Assert.Equal(0, (await world.DeadAsync()).Total);
    }

    [Fact]
    public async Task What_can_never_be_deleted_ends_the_task_with_the_reason_and_is_sent_once()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "a")]);
        var time = ManualTime.AtNoon();
        world.Sqs.BeforeDelete = async _ =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await world.Sqs.ExpireReceivesAsync(world.Direct);
            throw new HttpRequestException("injected");
        };
        var run = new LocalMoveTask(
            world.Queue, world.Sqs, new Redriver(world.Sqs, new Backoff(TimeProvider.System, new Random(1))), time, maxPerSecond: null);

        await run.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((MoveTaskStatus.Failed, 0L), (run.State.Status, run.State.Moved));
        Assert.Contains("1 were sent and cannot be deleted", run.State.FailureReason, StringComparison.Ordinal);
        Assert.Equal(["a"], world.Sqs.Sent);
    }

    [Fact]
    public async Task A_cancelled_redrive_stops_between_two_messages_and_gives_the_rest_back()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync(Enumerable.Range(0, 60).Select(n => ($"s{n}", $"body {n}")));
        using var cancel = new CancellationTokenSource();
        world.Sqs.AfterSend = _ => world.Sqs.Sent.Count >= 20 ? cancel.CancelAsync() : Task.CompletedTask;
        var run = world.CreateTask();

        await run.RunAsync(cancel.Token);

        var (task, dead) = (run.State, await world.DeadAsync());
        Assert.Equal((MoveTaskStatus.Cancelled, 20L), (task.Status, task.Moved));
        Assert.Equal((40L, 0L), (dead.Visible, dead.InFlight));
        var everything = (await world.TakeSourceAsync()).Concat(await world.TakeDeadAsync()).Select(message => message.Body);
        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"body {n}").Order(), everything.Order());
    }

    [Fact]
    public async Task A_message_that_the_queue_refuses_stays_with_the_rest_of_its_group_and_stops_no_other()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("big", new string('x', 4_000)), ("big", "behind it"), ("ada", "small")]);
        await world.Direct.SetQueueAttributesAsync(world.Queue.SourceUrl, new() { ["MaximumMessageSize"] = "1024" });

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Failed, 1L), (task.Status, task.Moved));
        Assert.Contains("InvalidParameterValue", task.FailureReason, StringComparison.Ordinal);
        Assert.Equal("small", Assert.Single(await world.TakeSourceAsync()).Body);
        Assert.Equal([4_000, 9], (await world.TakeDeadAsync()).Select(message => message.Body.Length));
    }

    [Fact]
    public async Task A_message_that_somebody_else_has_received_is_waited_for()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "first"), ("ada", "second"), ("grace", "other")]);
        var theirs = await world.Direct.ReceiveMessageAsync(new ReceiveMessageRequest(world.Queue.Url) { VisibilityTimeout = 60 });
        Assert.Equal("first", Assert.Single(theirs.Messages).Body);
        var running = world.RedriveAsync();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(world.Sqs.Sent.Contains("other")), "the rest is moved");

        await world.Direct.ChangeMessageVisibilityAsync(world.Queue.Url, theirs.Messages[0].ReceiptHandle, 0);
        var task = await running;

        Assert.Equal((MoveTaskStatus.Completed, 3L), (task.Status, task.Moved));
        Assert.Equal(["other", "first", "second"], world.Sqs.Sent);
    }

    [Fact]
    public async Task A_queue_that_is_gone_fails_the_task_with_the_reason()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync([("ada", "left behind")]);
        await world.Direct.DeleteQueueAsync(world.Queue.SourceUrl);

        var task = await world.RedriveAsync();

        Assert.Equal((MoveTaskStatus.Failed, 0L), (task.Status, task.Moved));
        Assert.Contains("SQS answered", task.FailureReason, StringComparison.Ordinal);
        Assert.Equal(1, (await world.DeadAsync()).Visible);
    }

    [Fact]
    public async Task The_rate_is_kept()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs, isFifo: false);
        await world.SendDeadAsync(Enumerable.Range(0, 15).Select(n => ("", $"body {n}")));
        var started = TimeProvider.System.GetTimestamp();

        var task = await world.RedriveAsync(maxPerSecond: 10);

        Assert.Equal((15L, 10), (task.Moved, task.MaxPerSecond));
        // Ten at once, and the rest when their second has come.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.FromMilliseconds(990), TimeSpan.FromSeconds(30));
    }
}
