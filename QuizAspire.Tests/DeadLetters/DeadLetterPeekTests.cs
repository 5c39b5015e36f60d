using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.DeadLetters;

[Collection(UsesEmulators.Name)]
public sealed class DeadLetterPeekTests(Emulators emulators)
{
    [Fact]
    public async Task Messages_are_seen_and_given_back_in_their_order()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        await world.SendDeadAsync(Enumerable.Range(0, 24).Select(n => ($"s{n % 12}", $"body {n:00}")));
        using var peek = new DeadLetterPeek(world.Sqs, TimeProvider.System);

        var (depth, seen) = await peek.ReadAsync(world.Queue, 100, message => message.Body, default);

        Assert.Equal(24, depth.Visible);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"body {n:00}"), seen.Order());
        var after = await world.DeadAsync();
        Assert.Equal((24L, 0L), (after.Visible, after.InFlight));
        Assert.All(
            (await world.TakeDeadAsync()).GroupBy(message => message.Group()),
            group => Assert.Equal(group.Select(message => message.Body).Order(), group.Select(message => message.Body)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    public async Task No_more_are_received_than_are_shown(int limit)
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs, isFifo: false);
        await world.SendDeadAsync(Enumerable.Range(0, 15).Select(n => ("", $"body {n}")));
        using var peek = new DeadLetterPeek(world.Sqs, TimeProvider.System);

        var (_, seen) = await peek.ReadAsync(world.Queue, limit, message => message.MessageId, default);

        Assert.Equal(limit, seen.Distinct().Count());
        Assert.Equal(15, (await world.DeadAsync()).Visible);
    }

    [Fact]
    public async Task Two_who_look_at_once_both_see_everything()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs, isFifo: false);
        await world.SendDeadAsync(Enumerable.Range(0, 30).Select(n => ("", $"body {n}")));
        using var peek = new DeadLetterPeek(world.Sqs, TimeProvider.System);

        var looks = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => peek.ReadAsync(world.Queue, 100, message => message.Body, default)));

        Assert.All(looks, look => Assert.Equal(30, look.Messages.Count));
    }
}
