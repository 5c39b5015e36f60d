using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>What becomes of one line, beside a good one.</summary>
public sealed class LineOutcomeTests
{
    private const string Good = "Good,50";

    [Theory]
    [InlineData("Q,85,76,90", "85 76 90")]
    [InlineData("Q,85", "85")]
    [InlineData("Q,0,100", "0 100")]
    [InlineData("Q,85.5,76.25", "85.5 76.25")]
    [InlineData("Q,33.333333", "33.333333")]
    [InlineData("Q,.5,5.,+5", "0.5 5 5")]
    [InlineData("Q,007,000000100.000000000", "7 100")]
    [InlineData("Q,-0,-0.00", "0 0")]
    [InlineData("Q, 85 ,\t76\t", "85 76")]
    [InlineData("\"Q\",\"85\",\"76.5\"", "85 76.5")]
    [InlineData(" \"Q\" , \" 85 \" ,76", "85 76")]
    [InlineData("  Q  ,85", "85")]
    [InlineData("Q,99.9999999", "100")]
    [InlineData("Q,0.0000005,0.0000015", "0 0.000002")]
    [InlineData("Q,0.00000050000000000001", "0.000001")]
    public async Task Scores_are_read(string line, string scores)
    {
        var expected = scores.Split(' ').Select(decimal.Parse).ToList();

        var summary = await Sheet.SummarizeAsync($"{Good}\n{line}\n");

        Assert.Empty(summary.Problems);
        var quiz = Assert.Single(summary.Quizzes, quiz => quiz.QuizId == "Q").Scores;
        Assert.Equal((expected.Count, expected.Min(), expected.Max()), ((int)quiz.Count, quiz.Minimum!.Value, quiz.Maximum!.Value));
    }

    [Theory]
    [InlineData("Q,85,,90", 2, 1)]
    [InlineData("Q,85,", 1, 1)]
    [InlineData("Q,,", 0, 2)]
    [InlineData("Q,", 0, 1)]
    [InlineData("Q,\"\",  ,\t", 0, 3)]
    public async Task Empty_score_fields_are_missing_scores(string line, long scores, long missing)
    {
        var summary = await Sheet.SummarizeAsync($"{Good}\n{line}");

        Assert.Equal((missing, 2, 0), (summary.ScoresMissing, summary.LinesCounted, summary.LinesRejected));
        Assert.Equal(scores, summary.Quizzes[1].Scores.Count);
    }

    [Theory]
    [InlineData("Q,85,abc", "field 3: not a number")]
    [InlineData("Q,85%", "field 2: not a number")]
    [InlineData("Q,1e1", "field 2: not a number")]
    [InlineData("Q,NaN", "field 2: not a number")]
    [InlineData("Q,8 5", "field 2: not a number")]
    [InlineData("Q,.", "field 2: not a number")]
    [InlineData("Q,-", "field 2: not a number")]
    [InlineData("Q,--5", "field 2: not a number")]
    [InlineData("Q,1.2.3", "field 2: not a number")]
    [InlineData("Q,\"85,5\"", "field 2: not a number")]
    [InlineData("Q,\"8\n5\"", "field 2: not a number")]
    [InlineData("Q,85\r,90", "field 2: not a number")]
    [InlineData("Q,٨٥", "field 2: not a number")]
    [InlineData("Q,85,-3", "field 3: not from 0 to 100")]
    [InlineData("Q,-0.0000001", "field 2: not from 0 to 100")]
    [InlineData("Q,100.0000001", "field 2: not from 0 to 100")]
    [InlineData("Q,101", "field 2: not from 0 to 100")]
    [InlineData("Q,99999999999999999999", "field 2: not from 0 to 100")]
    [InlineData("Q", "no scores: nothing follows the quiz's name, or not after a comma")]
    [InlineData("Q;85;76", "no scores: nothing follows the quiz's name, or not after a comma")]
    [InlineData(",85", "field 1: no name of a quiz")]
    [InlineData("\"  \",85", "field 1: no name of a quiz")]
    [InlineData(",,,", "field 1: no name of a quiz")]
    [InlineData("Q\u0007,85", "field 1: a control character in the quiz's name")]
    [InlineData("Q\tR,85", "field 1: a control character in the quiz's name")]
    [InlineData("\"Q\rR\",85", "field 1: a control character in the quiz's name")]
    [InlineData("Q\u0085,85", "field 1: a control character in the quiz's name")]
    [InlineData("Q \"the first\",85", "field 1: a quote in a field that does not begin with one")]
    [InlineData("Q,8\"5\"", "field 2: a quote in a field that does not begin with one")]
    [InlineData("\"Q\"x,85", "field 1: text after the closing quote")]
    [InlineData("Q,\"85\"%", "field 2: text after the closing quote")]
    [InlineData("Q,85,\"90", "field 3: the quote is not closed")]
    public async Task A_line_with_something_wrong_is_rejected_whole(string line, string reason)
    {
        var summary = await Sheet.SummarizeAsync($"{Good}\n{line}");

        Assert.Equal(new LineProblem(2, reason), Assert.Single(summary.Problems));
        Assert.Equal((2, 1, 1), (summary.LinesRead, summary.LinesCounted, summary.LinesRejected));
        Assert.Equal("Good", Assert.Single(summary.Quizzes).QuizId);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'Q', 0xFF, (byte)',', (byte)'8' }, "field 1: not UTF-8")]
    [InlineData(new byte[] { (byte)'Q', (byte)',', (byte)'8', 0xC3 }, "field 2: not UTF-8")]
    public async Task What_is_not_UTF_8_is_rejected(byte[] line, string reason)
    {
        var outcome = await Sheet.ReadAsync([.. "Good,50\n"u8, .. line]);

        Assert.Equal(new LineProblem(2, reason), Assert.Single(outcome.Summary!.Problems));
    }

    [Theory]
    [InlineData("\"a,b\",1", "a,b")]
    [InlineData("\"the \"\"first\"\"\",1", "the \"first\"")]
    [InlineData("\"two\nlines\",1", "two lines")]
    [InlineData("\"two\r\nlines\",1", "two lines")]
    [InlineData("Größe,1", "Größe")]
    [InlineData("算数 第一回,1", "算数 第一回")]
    [InlineData("=1+2,1", "=1+2")]
    public async Task Names_are_read(string line, string name)
    {
        var summary = await Sheet.SummarizeAsync($"{Good}\n{line}");

        Assert.Equal(name, summary.Quizzes[1].QuizId);
    }

    [Theory]
    [InlineData(SheetLimits.NameLength, 1)]
    [InlineData(SheetLimits.NameLength + 1, 0)]
    public async Task A_name_has_200_characters_at_most(int length, long counted)
    {
        // Each of them takes four bytes, and two of UTF-16.
        var summary = await Sheet.SummarizeAsync($"{Good}\n{string.Concat(Enumerable.Repeat("𝄞", length))},85");

        Assert.Equal(1 + counted, summary.LinesCounted);
    }
}
