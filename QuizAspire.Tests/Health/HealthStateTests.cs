using QuizAspire.Core.Health;

namespace QuizAspire.Tests.Health;

public sealed class HealthStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Finding Issue = new("a", 11, "a");
    private static readonly HealthState Claimed = HealthState.None.ClaimedBy("run-1", [Issue], Now, Now.AddSeconds(30));

    [Fact]
    public void What_another_run_is_telling_counts_as_told_until_that_run_is_over()
    {
        Assert.Equal(11, Claimed.ToldFor("run-2", Now.AddSeconds(29))?.Findings["a"]);
        Assert.Same(Told.Unknown, Claimed.ToldFor("run-2", Now.AddSeconds(30)));
    }

    [Fact]
    public void A_repetition_of_the_run_that_claimed_need_not_wait_for_itself() => Assert.Same(Told.Unknown, Claimed.ToldFor("run-1", Now));

    [Fact]
    public void Where_nobody_knows_what_was_told_everything_is_news()
    {
        Assert.Equal(Telling.Issues, AlertRules.Decide(Told.Unknown, [Issue], Now));
        Assert.Equal(Telling.Recovery, AlertRules.Decide(Told.Unknown, [], Now));
    }

    [Fact]
    public void Told_ends_the_claim()
    {
        var told = Claimed.Confirmed([Issue], Now);

        Assert.Equal((2, (Claim?)null, Now), (told.Version, told.Claim, told.Told!.At));
        Assert.Same(told.Told, told.ToldFor("run-2", Now));
    }

    [Fact]
    public void A_failure_to_tell_ends_the_claim_at_once()
    {
        var released = Claimed.Confirmed([Issue], Now).ClaimedBy("run-2", [], Now, Now.AddSeconds(30)).Released(Now);

        Assert.Equal(4, released.Version);
        Assert.Same(Told.Unknown, released.ToldFor("run-3", Now));
    }
}
