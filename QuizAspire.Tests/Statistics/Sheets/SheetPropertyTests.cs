using System.Text;
using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Tests.Statistics.Summary;

namespace QuizAspire.Tests.Statistics.Sheets;

public sealed class SheetPropertyTests
{
    private static readonly Config ManySheets = Config.QuickThrowOnFailure.WithMaxTest(1_500).WithEndSize(60);

    [Fact]
    public void Any_bytes_in_any_chunks_give_the_counts_and_statistics_of_a_naive_reader() =>
        Check(SheetReaderOptions.Default);

    /// <summary>Lines too long and buffers too small for two of them come at every turn.</summary>
    [Theory]
    [InlineData(20, 22)]
    [InlineData(20, 64)]
    [InlineData(48, 51)]
    [InlineData(48, 400)]
    public void So_do_lines_and_buffers_of_a_few_bytes(int lineBytes, int bufferBytes) =>
        Check(new SheetReaderOptions(lineBytes, bufferBytes));

    [Fact]
    public void The_short_way_for_plain_lines_changes_nothing() =>
        Prop.ForAll(SheetGen.Any.ToArbitrary(), sheet =>
        {
            var plain = Report(Read(sheet, [int.MaxValue], new SheetReaderOptions(40, 100)));
            var careful = Report(Read(sheet, [int.MaxValue], new SheetReaderOptions(40, 100, PlainLines: false)));

            Assert.Equal(careful, plain);
        }).Check(ManySheets);

    [Fact]
    public void The_same_sheet_gives_the_same_bytes_however_it_comes() =>
        Prop.ForAll(SheetGen.Any.ToArbitrary(), SheetGen.Chunks.ToArbitrary(), (sheet, chunks) =>
            Assert.Equal(Report(Read(sheet, [int.MaxValue], SheetReaderOptions.Default)), Report(Read(sheet, chunks, SheetReaderOptions.Default))))
            .Check(ManySheets);

    [Fact]
    public void The_order_of_lines_changes_no_number()
    {
        var shuffled = from lines in SheetGen.GoodLine.NonEmptyListOf().Select(lines => lines.ToArray())
                       from order in Gen.Shuffle(lines)
                       select (lines, order);

        Prop.ForAll(shuffled.ToArbitrary(), pair =>
        {
            var one = Read(Encoding.UTF8.GetBytes(string.Join('\n', pair.lines)), [7], SheetReaderOptions.Default).Summary!;
            var other = Read(Encoding.UTF8.GetBytes(string.Join('\n', pair.order)), [7], SheetReaderOptions.Default).Summary!;

            Assert.Equal(Numbers(one), Numbers(other));
        }).QuickCheckThrowOnFailure();
    }

    private static void Check(SheetReaderOptions options) =>
        Prop.ForAll(SheetGen.Any.ToArbitrary(), SheetGen.Chunks.ToArbitrary(), (sheet, chunks) =>
        {
            var expected = new SheetOracle(sheet, options.LineBytes);
            var actual = Read(sheet, chunks, options);

            if (expected.Foreign || expected.Counted == 0)
            {
                Assert.Null(actual.Summary);
                Assert.NotEmpty(actual.Failure!);
                return;
            }

            Assert.Null(actual.Failure);
            var summary = actual.Summary!;
            Assert.Equal((expected.Counted, expected.Rejected.Count, expected.HasHeader, expected.Missing),
                (summary.LinesCounted, summary.LinesRejected, summary.HasHeader, summary.ScoresMissing));
            Assert.Equal(summary.LinesRead, expected.Counted + expected.Rejected.Count + (expected.HasHeader ? 1 : 0));
            Assert.Equal(expected.Rejected.Take(SheetLimits.ProblemsTold), summary.Problems.Select(problem => problem.Line));
            Assert.Equal(expected.Order, summary.Quizzes.Select(quiz => quiz.QuizId));
            foreach (var quiz in summary.Quizzes)
                StatisticsOracle.AssertSame(expected.Scores[quiz.QuizId], quiz.Scores);
            StatisticsOracle.AssertSame([.. expected.Scores.Values.SelectMany(scores => scores)], summary.Overall);
        }).Check(ManySheets);

    private static SheetOutcome Read(byte[] sheet, int[] chunks, SheetReaderOptions options) =>
        new SheetReader(new ChunkedStream(sheet, chunks), options).ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    private static string Report(SheetOutcome outcome) => Encoding.UTF8.GetString(StatisticsReport.Of("id", outcome).ToUtf8Bytes());

    private static string Numbers(SheetSummary summary)
    {
        var sorted = summary with { Quizzes = [.. summary.Quizzes.OrderBy(quiz => quiz.QuizId, StringComparer.Ordinal)] };
        return Report(SheetOutcome.Of(sorted));
    }
}
