using System.IO.Compression;
using System.Text;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>What becomes of a sheet as a whole.</summary>
public sealed class SheetOutcomeTests
{
    [Fact]
    public async Task The_original_systems_example_gives_its_numbers()
    {
        var summary = await Sheet.SummarizeAsync("Quiz1,85,76,90\nQuiz2,78,88,85\nQuiz3,92,90,87");

        Assert.Equal(["Quiz1", "Quiz2", "Quiz3"], summary.Quizzes.Select(quiz => quiz.QuizId));
        Assert.Equal([(76m, 90m, 83.666667m), (78m, 88m, 83.666667m), (87m, 92m, 89.666667m)],
            summary.Quizzes.Select(quiz => (quiz.Scores.Minimum!.Value, quiz.Scores.Maximum!.Value, quiz.Scores.Mean!.Value)));
        Assert.Equal((9, 76m, 92m, 85.666667m, 87m, 85m, 90m, 5.142416m), (summary.Overall.Count, summary.Overall.Minimum, summary.Overall.Maximum,
            summary.Overall.Mean, summary.Overall.Median, summary.Overall.LowerQuartile, summary.Overall.UpperQuartile, summary.Overall.StandardDeviation));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 2, 4, 3], summary.Overall.Histogram);
    }

    [Theory]
    [InlineData("Quiz,Score", true)]
    [InlineData("Quiz,First attempt,Second attempt", true)]
    [InlineData("Quiz,Score,,", true)]
    [InlineData("\"Quiz\",\"Score\"", true)]
    [InlineData(",Score", true)]
    [InlineData("Quiz,", false)]
    [InlineData("Quiz", false)]
    [InlineData("Quiz,85%", false)]
    [InlineData("Quiz,1st", false)]
    [InlineData("Quiz,-", false)]
    [InlineData("Quiz,Score,1", false)]
    public async Task A_first_line_with_text_and_no_number_is_a_header(string first, bool isHeader)
    {
        var summary = await Sheet.SummarizeAsync($"\n{first}\nQ,85\n");

        Assert.Equal(isHeader, summary.HasHeader);
        Assert.Equal(2, summary.LinesRead);
        Assert.Equal(isHeader, summary.LinesRejected == 0 && summary.LinesCounted == 1);
    }

    [Fact]
    public async Task Only_the_first_line_is_a_header()
    {
        var summary = await Sheet.SummarizeAsync("Quiz,Score\nQuiz,Score\nQ,85");

        Assert.Equal((3, 1, 1, true), (summary.LinesRead, summary.LinesCounted, summary.LinesRejected, summary.HasHeader));
    }

    [Theory]
    [InlineData("\uFEFFQ,1\r\nQ,2\r\n")]
    [InlineData("Q,1\nQ,2")]
    [InlineData("Q,1\r\n\r\n  \t\nQ,2\r\n\n\n")]
    [InlineData("Q,1,2\r")]
    public async Task Byte_order_mark_line_ends_and_blank_lines_change_nothing(string text)
    {
        var summary = await Sheet.SummarizeAsync(text);

        Assert.Equal((2, 1m, 2m, 0), (summary.Overall.Count, summary.Overall.Minimum, summary.Overall.Maximum, summary.LinesRejected));
        Assert.Equal("Q", Assert.Single(summary.Quizzes).QuizId);
    }

    [Fact]
    public async Task A_quiz_on_several_lines_is_one_quiz_however_its_name_is_written()
    {
        var summary = await Sheet.SummarizeAsync("\"a \"\"b\"\"\",1\nc,9\n\"a \"\"b\"\"\" ,2\n  c,8\n\"c\",7\nC,1\n");

        Assert.Equal([("a \"b\"", 2), ("c", 3), ("C", 1)], summary.Quizzes.Select(quiz => (quiz.QuizId, (int)quiz.Scores.Count)));
    }

    [Fact]
    public async Task A_quote_that_stays_open_costs_its_own_line_alone()
    {
        var summary = await Sheet.SummarizeAsync("a,1\n\"b,2\nc,3\n\"d\",4\n\"e,5\nf,6\n");

        Assert.Equal([2, 5], summary.Problems.Select(problem => problem.Line));
        Assert.Equal(["a", "c", "d", "f"], summary.Quizzes.Select(quiz => quiz.QuizId));
    }

    [Fact]
    public async Task Lines_are_numbered_as_an_editor_numbers_them()
    {
        var summary = await Sheet.SummarizeAsync("\"a\n\n\",1\r\n\r\nb,x\nc,1\nd,y");

        Assert.Equal([5, 7], summary.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public async Task The_first_hundred_problems_are_told_and_all_are_counted()
    {
        var summary = await Sheet.SummarizeAsync("Q,1\n" + string.Concat(Enumerable.Repeat("Q,x\n", 250)));

        Assert.Equal(250, summary.LinesRejected);
        Assert.Equal(Enumerable.Range(2, SheetLimits.ProblemsTold), summary.Problems.Select(problem => (int)problem.Line));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\uFEFF", "The file is empty.")]
    [InlineData("\r\n  \n\n", "The file is empty.")]
    [InlineData("Quiz,Score\n", "The file has a header and no scores.")]
    [InlineData("\nQuiz1;85;90\n", "No line of the file could be counted. Line 2: no scores: nothing follows the quiz's name, or not after a comma.")]
    [InlineData("Quiz,Score\nQ,abc", "No line of the file could be counted. Line 2: field 2: not a number.")]
    [InlineData("Q,1\nQ,\0\n", "The file holds NUL bytes, so it is no CSV in UTF-8.")]
    public async Task A_file_without_any_score_fails_with_the_reason(string text, string reason) =>
        Assert.Equal(SheetOutcome.Failed(reason), await Sheet.ReadAsync(text));

    [Fact]
    public async Task A_workbook_and_UTF_16_are_known_for_what_they_are()
    {
        using var workbook = new MemoryStream();
        using (var archive = new ZipArchive(workbook, ZipArchiveMode.Create, leaveOpen: true))
            archive.CreateEntry("xl/workbook.xml");

        Assert.Contains("ZIP", (await Sheet.ReadAsync(workbook.ToArray())).Failure, StringComparison.Ordinal);
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Contains("UTF-16", (await Sheet.ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("Q,1\n")])).Failure, StringComparison.Ordinal);
        Assert.Contains("NUL", (await Sheet.ReadAsync(Encoding.Unicode.GetBytes("Q,1\n"))).Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SheetLimits.Quizzes, true)]
    [InlineData(SheetLimits.Quizzes + 1, false)]
    public async Task A_sheet_has_a_thousand_quizzes_at_most(int quizzes, bool completes)
    {
        // Names on lines that are rejected are no quizzes.
        var text = string.Concat(Enumerable.Range(0, quizzes).Select(quiz => $"Q{quiz},1\nbad{quiz},x\n"));

        var outcome = await Sheet.ReadAsync(text);

        Assert.Equal(completes ? null : "The file has scores of more than 1,000 quizzes.", outcome.Failure);
        Assert.Equal(completes, outcome.Summary?.Quizzes.Count == quizzes);
    }
}
