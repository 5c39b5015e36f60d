using System.Text;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Tests.Statistics.Sheets;

public sealed class SheetLimitTests
{
    [Theory]
    [InlineData(SheetLimits.LineBytes, "\n", null)]
    [InlineData(SheetLimits.LineBytes, "\r\n", null)]
    [InlineData(SheetLimits.LineBytes + 1, "\n", "longer than 1 MiB")]
    [InlineData(SheetLimits.LineBytes + 1, "\r\n", "longer than 1 MiB")]
    [InlineData(3 * SheetLimits.LineBytes, "\n", "longer than 1 MiB")]
    public async Task A_line_has_1_MiB_at_most(int length, string end, string? problem)
    {
        var line = "long" + string.Concat(Enumerable.Repeat(",7", length / 2 - 2)) + (length % 2 == 1 ? "5" : "");
        foreach (var name in new[] { "a", "long" })
        {
            var summary = await Sheet.SummarizeAsync($"{name},1{end}{line}{end}b,2{end}");

            Assert.Equal(problem, summary.Problems.SingleOrDefault()?.Reason);
            Assert.Equal(2 + (problem is null ? length / 2 - 2 : 0), summary.Overall.Count);
            Assert.Contains(summary.Quizzes, quiz => quiz.QuizId == "b");
        }
    }

    [Fact]
    public async Task A_quote_that_is_not_closed_within_1_MiB_costs_its_own_line_alone()
    {
        var lines = SheetLimits.LineBytes / 4 + 10;
        var summary = await Sheet.SummarizeAsync("\"open,1\n" + string.Concat(Enumerable.Repeat("Q,1\n", lines)) + "\"end\",1\n");

        Assert.Equal(new LineProblem(1, "field 1: the quote is not closed within 1 MiB"), Assert.Single(summary.Problems));
        Assert.Equal(lines, summary.Quizzes[0].Scores.Count);
        Assert.Equal("end", summary.Quizzes[1].QuizId);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "The file is larger than 1 GiB.")]
    public async Task A_sheet_has_1_GiB_at_most(int more, string? failure)
    {
        // Blank lines are the cheapest gigabyte; the scores come at its end.
        var end = Encoding.UTF8.GetBytes("\nQ,1\n" + new string('\n', more));
        using var stream = new RepeatedStream(Encoding.UTF8.GetBytes(new string(' ', 4095) + "\n"), SheetLimits.SheetBytes - end.Length + more, end);

        var outcome = await ScoreSheet.ReadAsync(stream, CancellationToken.None);

        Assert.Equal(failure, outcome.Failure);
    }

    [Fact]
    public async Task A_hundred_thousand_open_quotes_are_read_in_a_moment()
    {
        // Each would be a scan of its own over all that follows, if an attempt could run past the next one.
        var summary = await Sheet.SummarizeAsync("Q,1\n" + string.Concat(Enumerable.Repeat("\"Q,1\nQ,\"\",1\nQ,1\n", 100_000)));

        Assert.Equal((100_000, 200_001), (summary.LinesRejected, summary.LinesCounted));
    }

    [Fact]
    public async Task Reading_can_be_cancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
        ScoreSheet.ReadAsync(new MemoryStream("Q,1"u8.ToArray()), new CancellationToken(canceled: true)));

    [Fact]
    public async Task An_error_of_the_stream_is_not_an_outcome() => await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
    {
        var closed = new MemoryStream();
        await closed.DisposeAsync();
        await ScoreSheet.ReadAsync(closed, CancellationToken.None);
    });
}
