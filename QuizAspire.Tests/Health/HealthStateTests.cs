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
        Assert.Null(Claimed.ToldFor("run-2", Now.AddSeconds(30)));
    }

    [Fact]
    public void A_repetition_of_the_run_that_claimed_tells_itself() => Assert.Null(Claimed.ToldFor("run-1", Now));

    [Fact]
    public void Told_ends_the_claim_and_not_told_leaves_what_was_told_before()
    {
        var told = Claimed.Confirmed([Issue], Now);
        Assert.Equal((2, (Claim?)null, Now), (told.Version, told.Claim, told.Told!.At));

        var released = told.ClaimedBy("run-2", [], Now, Now.AddSeconds(30)).Released();
        Assert.Equal((4, (Claim?)null), (released.Version, released.Claim));
        Assert.Same(told.Told, released.Told);
    }
}
