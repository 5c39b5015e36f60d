using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Tests.Statistics.Summary;

namespace QuizAspire.Tests.Statistics.Sheets;

public sealed class ScoreRowsTests
{
    [Theory]
    [InlineData("Q", "Q,85,90.5\n")]
    [InlineData("a,b", "\"a,b\",85,90.5\n")]
    [InlineData("the \"first\"", "\"the \"\"first\"\"\",85,90.5\n")]
    public async Task Scores_are_written_as_a_sheet_has_them(string quiz, string csv) =>
        Assert.Equal(csv, await WriteAsync(quiz, [85.00m, 90.50m]));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1)]
    [InlineData(1_001, 2)]
    [InlineData(2_500, 3)]
    public async Task A_line_has_a_thousand_scores_at_most(int scores, int lines)
    {
        var csv = await WriteAsync("Q", Enumerable.Repeat(99.99m, scores));

        Assert.Equal(lines, csv.Count(character => character == '\n'));
        Assert.Equal(scores, csv.Count(character => character == ','));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var names = Gen.Elements('a', ' ', ',', '"', 'é', '=', ';').NonEmptyListOf()
            .Select(characters => string.Concat(characters).Trim()).Where(name => name.Length > 0);
        var scores = Gen.Choose(0, 100_000_000).Select(score => score / 1_000_000m).NonEmptyListOf();

        Prop.ForAll(names.ToArbitrary(), scores.ToArbitrary(), (name, written) =>
        {
            var summary = Sheet.SummarizeAsync(WriteAsync(name, written).GetAwaiter().GetResult()).GetAwaiter().GetResult();

            Assert.Equal((name, 0), (Assert.Single(summary.Quizzes).QuizId, summary.LinesRejected));
            StatisticsOracle.AssertSame([.. written], summary.Overall);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Rows_of_a_request_are_lines()
    {
        using var stream = new MemoryStream();

        await ScoreRows.WriteAsync(stream, ["Quiz1,85,76,90", "Größe,78"], CancellationToken.None);

        Assert.Equal("Quiz1,85,76,90\nGröße,78\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static async Task<string> WriteAsync(string quiz, IEnumerable<decimal> scores)
    {
        using var stream = new MemoryStream();
        Assert.Equal(scores.Count(), await ScoreRows.WriteAsync(stream, quiz, scores.ToAsyncEnumerable(), CancellationToken.None));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
