using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Results;

namespace QuizAspire.Tests.Core;

public sealed class QuizShardsTests
{
    [Fact]
    public void A_results_shard_is_one_of_its_quizs_and_always_the_same() =>
        Prop.ForAll<NonNull<string>>(key =>
            QuizShards.All("capitals").Contains(QuizShards.Of("capitals", key.Get))
            && QuizShards.Of("capitals", key.Get) == QuizShards.Of("capitals", key.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Shards_are_filled_evenly()
    {
        var sizes = Enumerable.Range(0, 16_000).CountBy(n => QuizShards.Of("capitals", $"2026-11-21T12:00:00.{n % 1000:D3}Z/s{n}")).ToList();

        Assert.Equal(QuizShards.Count, sizes.Count);
        Assert.All(sizes, shard => Assert.InRange(shard.Value, 800, 1_200));
    }

    [Fact]
    public void No_quiz_has_another_ones_shard() =>
        Assert.Empty(QuizShards.All("a").Intersect(QuizShards.All("a#1")));
}
