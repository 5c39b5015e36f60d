using Amazon.SQS.Model;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.DeadLetters;

namespace QuizAspire.Tests.DeadLetters;

public sealed class WavesTests
{
    [Fact]
    public void Batches_hold_each_group_once_in_order_and_lose_nothing()
    {
        var groups = Gen.Elements("a", "b", "c", "").ListOf().ToArbitrary();
        var sizes = Gen.Choose(1, 10).ToArbitrary();
        Prop.ForAll(groups, sizes, (names, size) =>
        {
            var messages = names.Select((group, i) => Of(group, i)).ToList();
            var waves = Waves.Of(messages, size);

            Assert.All(waves, wave =>
            {
                Assert.InRange(wave.Count, 1, size);
                var grouped = wave.Select(message => message.Group()).OfType<string>().ToList();
                Assert.Equal(grouped.Distinct(), grouped);
            });
            var flat = waves.SelectMany(wave => wave).ToList();
            Assert.Equal(messages.Count, flat.Count);
            foreach (var group in names.Distinct().Where(group => group.Length > 0))
            {
                Assert.Equal(
                    messages.Where(message => message.Group() == group).Select(message => message.MessageId),
                    flat.Where(message => message.Group() == group).Select(message => message.MessageId));
            }
        }).QuickCheckThrowOnFailure();
    }

    private static Message Of(string group, int number) => new()
    {
        MessageId = $"m{number}",
        Attributes = group.Length == 0 ? [] : new() { ["MessageGroupId"] = group },
    };
}
