using QuizAspire.Core.Scoring;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Core;

public sealed class ScoringTests
{
    [Fact]
    public void No_key_scores_zero_of_zero_questions() =>
        Assert.Equal(new Score(0, 0), ScoreCalculator.Calculate(Json.Of("""{"q1": "A"}"""), AnswerKey.None));

    [Fact]
    public void Score_is_the_share_of_the_keys_questions() =>
        Assert.Equal(new Score(66.67m, 3), ScoreOf("""{"q1": "A", "q2": "B", "q3": "X"}""", """{"q1": "A", "q2": "B", "q3": "C"}"""));

    [Fact]
    public void Unanswered_questions_count_as_wrong_and_unknown_ones_not_at_all() =>
        Assert.Equal(new Score(50, 2), ScoreOf("""{"q1": "A", "q9": "B"}""", """{"q1": "A", "q2": "B"}"""));

    [Fact]
    public void A_question_without_an_answer_matches_only_null()
    {
        Assert.Equal(0, ScoreOf("{}", """{"q1": null}""").Percent);
        Assert.Equal(100, ScoreOf("""{"q1": null}""", """{"q1": null}""").Percent);
    }

    [Fact]
    public void Of_two_members_with_one_name_the_last_counts()
    {
        Assert.Equal(new Score(100, 1), ScoreOf("""{"q1": "X", "q1": "A"}""", """{"q1": "Y", "q1": "A"}"""));
        Assert.Equal(new Score(0, 1), ScoreOf("""{"q1": "A", "q1": "X"}""", """{"q1": "A"}"""));
    }

    [Theory]
    [InlineData(1, 3, 33.33)]
    [InlineData(1, 32, 3.12)] // 3.125 exactly: half to even
    [InlineData(3, 32, 9.38)] // 9.375 exactly: half to even
    [InlineData(23, 160, 14.37)] // 14.375 in exact arithmetic, a little less in the seed's
    [InlineData(49, 160, 30.63)] // 30.625 in exact arithmetic, a little more in the seed's
    [InlineData(7, 7, 100)]
    [InlineData(0, 7, 0)]
    [InlineData(1, 1_000_000, 0)]
    public void Percentages_round_as_the_seeds_do(int correct, int total, decimal percent) =>
        Assert.Equal(percent, SeedRounding.Percent(correct, total));

    [Fact]
    public void Percentages_are_within_half_a_hundredth_of_the_truth_and_never_fall_as_more_is_correct()
    {
        for (var total = 1; total <= 400; total++)
        {
            var previous = -1m;
            for (var correct = 0; correct <= total; correct++)
            {
                var percent = SeedRounding.Percent(correct, total);
                Assert.InRange(Math.Abs(percent - 100m * correct / total), 0, 0.005m);
                Assert.True(percent >= previous && percent is >= 0 and <= 100);
                previous = percent;
            }
        }
    }

    private static Score ScoreOf(string answers, string key) => ScoreCalculator.Calculate(Json.Of(answers), AnswerKey.From(Json.Of(key)));
}
