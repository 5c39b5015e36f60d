using QuizAspire.Core.DeadLetters;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

public sealed class PaceTests
{
    [Fact]
    public void Messages_are_spread_evenly_and_idle_time_is_not_saved_up()
    {
        var time = ManualTime.AtNoon();
        var pace = new Pace(time, 10);

        Assert.Equal(TimeSpan.Zero, pace.Take(5));
        Assert.Equal(TimeSpan.FromMilliseconds(500), pace.Take(10));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), pace.Take(1));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, pace.Take(1));
        Assert.Equal(TimeSpan.FromMilliseconds(100), pace.Take(1));
    }

    [Fact]
    public void Without_a_limit_nobody_waits()
    {
        var pace = new Pace(ManualTime.AtNoon(), null);

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Equal(TimeSpan.Zero, pace.Take(10)));
    }
}
