using System.ComponentModel;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Api.Statistics;

[Description("Statistics of a score sheet, or how far they are.")]
internal sealed record StatisticsView(
    string StatisticsId,
    StatisticsStatus Status,
    SheetSource Source,
    DateTimeOffset SubmittedAt,
    [property: Description("Where they are of a quiz's results.")] string? QuizId = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null,
    [property: Description("When their topic was told.")] DateTimeOffset? NotifiedAt = null,
    [property: Description("Of a failed one.")] string? Reason = null,
    [property: Description("Of a completed one.")] SheetResultView? Result = null)
{
    /// <param name="report">Null until it is written.</param>
    public static StatisticsView Of(StatisticsJob job, StatisticsReport? report) => new(
        job.StatisticsId, StatisticsJobView.StatusOf(job.Status), StatisticsJobView.SourceOf(job.Source), job.SubmittedAt, job.QuizId,
        job.StartedAt, job.FinishedAt, job.NotifiedAt, job.Reason, report?.Result is { } result ? SheetResultView.Of(result) : null);
}

[Description("What became of the sheet's lines, and what their scores come to.")]
internal sealed record SheetResultView(
    [property: Description("Lines with anything on them.")] long LinesRead,
    [property: Description("Lines whose scores are in the statistics.")] long LinesCounted,
    [property: Description("Lines left out whole, because something on them was wrong.")] long LinesRejected,
    [property: Description("The first line was taken as a header.")] bool HasHeader,
    [property: Description("Empty fields of the lines counted.")] long ScoresMissing,
    [property: Description("The first of the lines left out.")] IReadOnlyList<LineProblemView> Problems,
    [property: Description("All scores of all quizzes.")] ScoresView Overall,
    [property: Description("In the order in which the sheet names them first.")] IReadOnlyList<QuizScoresView> Quizzes)
{
    public static SheetResultView Of(SheetSummary sheet) => new(
        sheet.LinesRead, sheet.LinesCounted, sheet.LinesRejected, sheet.HasHeader, sheet.ScoresMissing,
        [.. sheet.Problems.Select(problem => new LineProblemView(problem.Line, problem.Reason))],
        ScoresView.Of(sheet.Overall),
        [.. sheet.Quizzes.Select(quiz => new QuizScoresView(quiz.QuizId, ScoresView.Of(quiz.Scores)))]);
}

internal sealed record LineProblemView([property: Description("Where the line begins in the sheet, from 1.")] long Line, string Reason);

internal sealed record QuizScoresView([property: Description("As the sheet names it.")] string QuizId, ScoresView Scores);

[Description("What scores from 0 to 100 come to. All but the counts are absent when there is no score.")]
internal sealed record ScoresView(
    long Count,
    decimal? Minimum,
    decimal? Maximum,
    [property: Description("Rounded to 6 decimals, as the deviation is.")] decimal? Mean,
    [property: Description("Like the quartiles by linear interpolation (type 7 of Hyndman and Fan).")] decimal? Median,
    decimal? LowerQuartile,
    decimal? UpperQuartile,
    [property: Description("Of the population.")] decimal? StandardDeviation,
    [property: Description("The most by which median and quartiles may be wrong.")] decimal QuantileError,
    [property: Description("How many scores are in [0,10), [10,20), ... [90,100].")] IReadOnlyList<long> Histogram)
{
    public static ScoresView Of(ScoreStatistics scores) => new(
        scores.Count, scores.Minimum, scores.Maximum, scores.Mean, scores.Median, scores.LowerQuartile, scores.UpperQuartile,
        scores.StandardDeviation, scores.QuantileError, scores.Histogram);
}
