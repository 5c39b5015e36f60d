using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Functions.ResultNotifier;

namespace QuizAspire.Tests.Statistics.Functions;

public sealed class StatisticsNotificationTests
{
    private const string Id = "019aa8c2-3b7b-8d4e-9f00-0123456789ab";
    private const string Link = "http://127.0.0.1:5080/statistics/" + Id;

    private static readonly StatisticsJob Job = new(
        Id, StatisticsSource.Csv, null, "raw/1.csv", new DateTimeOffset(2026, 11, 22, 8, 30, 12, TimeSpan.Zero));

    [Fact]
    public async Task It_reads_as_a_table()
    {
        var report = await ReportAsync("Quiz,Score 1,Score 2,Score 3\nQuiz1,85,76,90\n\"Prüfung, zwei\",78.5,88,\nQuiz1,x\n\"測驗\",0,100\n");

        var (subject, message) = StatisticsNotification.Of(report, Job, Link);

        Assert.Equal("Quiz statistics: 3 quizzes, 7 scores", subject);
        Assert.Equal(
            """
            Statistics of a score sheet
            sent as CSV, 2026-11-22 08:30:12 UTC

            3 of 4 lines counted, 1 rejected, 1 score missing.

                Scores     Min      Q1  Median      Q3     Max    Mean  Std dev  Quiz
                     3   76.00   80.50   85.00   87.50   90.00   83.67     5.79  Quiz1
                     2   78.50   80.88   83.25   85.63   88.00   83.25     4.75  Prüfung, zwei
                     2    0.00   25.00   50.00   75.00  100.00   50.00    50.00  測驗
                     7    0.00   77.25   85.00   89.00  100.00   73.93    31.05  All quizzes

            Rejected lines: 1
              line 4: field 2: not a number

            Full result: http://127.0.0.1:5080/statistics/019aa8c2-3b7b-8d4e-9f00-0123456789ab

            """.ReplaceLineEndings("\n"),
            message);
    }

    [Fact]
    public async Task One_quiz_is_named_in_the_subject_and_needs_no_row_of_all()
    {
        var (subject, message) = StatisticsNotification.Of(await ReportAsync("Algebra,50\n"), Job, Link);

        Assert.Equal("Quiz statistics: Algebra (1 quiz, 1 score)", subject);
        Assert.DoesNotContain("All quizzes", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A,1,\n", "\n1 of 1 line counted, 1 score missing.\n")]
    [InlineData("A,1,,\nA,x\n", "\n1 of 2 lines counted, 1 rejected, 2 scores missing.\n")]
    public async Task What_is_one_is_told_as_one(string sheet, string told) =>
        Assert.Contains(told, StatisticsNotification.Of(await ReportAsync(sheet), Job, Link).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Ten_rejected_lines_are_told_and_the_others_counted()
    {
        var report = await ReportAsync("Algebra,50\n" + string.Concat(Enumerable.Repeat("Algebra,x\n", 25)));

        var message = StatisticsNotification.Of(report, Job, Link).Message;

        Assert.Contains("Rejected lines: 25", message, StringComparison.Ordinal);
        Assert.Contains("line 11:", message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 12:", message, StringComparison.Ordinal);
        Assert.Contains("and 15 more", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_exact_is_told()
    {
        Assert.Contains("exact to 0.005", StatisticsNotification.Of(await ReportAsync("A,50.125\n"), Job, Link).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("exact to", StatisticsNotification.Of(await ReportAsync("A,50.12\n"), Job, Link).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the sheet is empty")]
    [InlineData("the sheet is empty.")]
    public void A_sheet_without_statistics_is_told_with_the_reason(string reason)
    {
        var report = StatisticsReport.Of(Id, new SheetOutcome(null, reason));

        var (subject, message) = StatisticsNotification.Of(report, Job, Link);

        Assert.Equal("Quiz statistics: the score sheet could not be used", subject);
        Assert.Contains("no statistics of this sheet: the sheet is empty.\n", message, StringComparison.Ordinal);
        Assert.Contains(Link, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_statistics_make_a_subject_and_a_message_that_sns_takes() => Prop.ForAll(
        (from names in ArbMap.Default.GeneratorFor<string?[]>()
         from count in Gen.Choose(0, 40)
         from reason in ArbMap.Default.GeneratorFor<string?>()
         select (Names: names.Take(count).ToArray(), Reason: reason)).ToArbitrary(),
        any =>
        {
            var scores = new ScoreStatistics(long.MaxValue, 0, 100, 99.999999m, 50, 25, 75, 50, 0.005m, []);
            var summary = new SheetSummary(
                9, 9, any.Names.Length, false, 0, [.. any.Names.Select((name, n) => new LineProblem(n, name ?? ""))], scores,
                [.. any.Names.Select(name => new QuizStatistics(name ?? "", scores))]);
            var reports = new[]
            {
                StatisticsReport.Of(Id, new SheetOutcome(summary, null)), StatisticsReport.Of(Id, new SheetOutcome(null, any.Reason ?? "?")),
            };
            foreach (var (subject, message) in reports.Select(report => StatisticsNotification.Of(report, null, Link)))
            {
                Assert.InRange(subject.Length, 1, 100);
                Assert.All(subject, character => Assert.InRange(character, ' ', '~'));
                Assert.InRange(Encoding.UTF8.GetByteCount(message), 1, StatisticsNotification.MaxMessage);
                Assert.EndsWith(Link + "\n", message, StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(10)]
    [InlineData(450)]
    [InlineData(1000)]
    public void A_table_leaves_out_whole_rows_and_says_how_many(int quizzes)
    {
        var scores = new ScoreStatistics(10, 0, 100, 50, 50, 25, 75, 50, 0, []);
        var name = string.Concat(Enumerable.Repeat("測😀", 100));
        var summary = new SheetSummary(
            1, 1, 0, false, 0, [], scores, [.. Enumerable.Range(0, quizzes).Select(n => new QuizStatistics($"{name}{n}", scores))]);

        var message = StatisticsNotification.Of(StatisticsReport.Of(Id, new SheetOutcome(summary, null)), Job, Link).Message;

        Assert.InRange(Encoding.UTF8.GetByteCount(message), 1, StatisticsNotification.MaxMessage);
        var rows = message.Split('\n').Count(line => line.Contains('測', StringComparison.Ordinal));
        var leftOut = quizzes - rows;
        Assert.Equal(leftOut > 0, message.Contains($"and {leftOut} more, in the full result", StringComparison.Ordinal));
        Assert.Equal(quizzes <= 10, leftOut == 0);
        Assert.All(Enumerable.Range(0, rows), n => Assert.Contains($"{name}{n}\n", message, StringComparison.Ordinal));
    }

    private static async Task<StatisticsReport> ReportAsync(string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return StatisticsReport.Of(Id, await ScoreSheet.ReadAsync(stream, default));
    }
}
