using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.DeadLetters;

[Collection(UsesEmulators.Name)]
public sealed class ChosenRedriveTests(Emulators emulators)
{
    [Fact]
    public async Task Only_the_chosen_are_moved_and_the_others_can_be_received_again_in_their_order()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync([("a", "a1"), ("b", "b1"), ("c", "c1"), ("a", "a2"), ("c", "c2")]);

        var outcome = await RunAsync(world, ids[0], ids[3], ids[1]);

        Assert.Equal(new[] { ids[0], ids[1], ids[3] }.Order(), outcome.Moved.Order());
        Assert.Empty(outcome.NotMoved);
        Assert.Equal(["a1", "a2"], (await world.TakeSourceAsync()).Where(message => message.Group() == "a").Select(message => message.Body));
        Assert.Equal(["c1", "c2"], (await world.TakeDeadAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task What_is_not_there_or_behind_another_is_said_so()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync([("a", "a1"), ("a", "a2")]);

        var outcome = await RunAsync(world, ids[1], "no-such-id");

        Assert.Empty(outcome.Moved);
        Assert.Equal(new[] { ids[1], "no-such-id" }.Order(), outcome.NotMoved.Keys.Order());
        Assert.Empty(world.Sqs.Sent);
        var dead = await world.DeadAsync();
        Assert.Equal((2L, 0L), (dead.Visible, dead.InFlight));
    }

    [Fact]
    public async Task None_overtakes_one_of_its_group_that_could_not_be_moved()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync([("big", new string('x', 4_000)), ("big", "behind it"), ("ada", "small")]);
        await world.Direct.SetQueueAttributesAsync(world.Queue.SourceUrl, new() { ["MaximumMessageSize"] = "1024" });

        var outcome = await RunAsync(world, [.. ids]);

        Assert.Equal([ids[2]], outcome.Moved);
        Assert.Equal(ids[..2].Order(), outcome.NotMoved.Keys.Order());
        Assert.Contains("behind another", outcome.NotMoved[ids[1]], StringComparison.Ordinal);
        Assert.Equal([4_000, 9], (await world.TakeDeadAsync()).Select(message => message.Body.Length));
    }

    [Fact]
    public async Task Two_at_once_for_the_same_messages_leave_each_once()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync(Enumerable.Range(0, 20).Select(n => ($"s{n}", $"body {n}")));

        var outcomes = await Task.WhenAll(RunAsync(world, [.. ids]), RunAsync(world, [.. ids]));

        // What one of them held for a moment, the other may not have seen.
        var rest = await RunAsync(world, [.. ids]);
        Assert.Equal(ids.Order(), outcomes.SelectMany(outcome => outcome.Moved).Concat(rest.Moved).Order());
        Assert.Equal(
            Enumerable.Range(0, 20).Select(n => $"body {n}").Order(), (await world.TakeSourceAsync()).Select(message => message.Body).Order());
        Assert.Equal(0, (await world.DeadAsync()).Total);
    }

    [Fact]
    public async Task When_the_time_is_over_the_rest_is_given_back_and_said_so()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync(Enumerable.Range(0, 8).Select(n => ($"s{n}", $"body {n}")));
        using var deadline = new CancellationTokenSource();
        world.Sqs.AfterSend = _ => deadline.CancelAsync();

        var outcome = await new ChosenRedrive(world.Sqs, TimeProvider.System).RunAsync(world.Queue, ids, maxPerSecond: 3, deadline.Token);

        Assert.Equal((3, 5), (outcome.Moved.Count, outcome.NotMoved.Count));
        Assert.All(outcome.NotMoved.Values, reason => Assert.Contains("time is over", reason, StringComparison.Ordinal));
        var dead = await world.DeadAsync();
        Assert.Equal((5L, 0L), (dead.Visible, dead.InFlight));
    }

    private static Task<ChosenOutcome> RunAsync(DeadLetterWorld world, params string[] ids) =>
        new ChosenRedrive(world.Sqs, TimeProvider.System).RunAsync(world.Queue, ids, null, CancellationToken.None);
}
