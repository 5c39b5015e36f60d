namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// What a set of scores comes to. Everything but <paramref name="Count"/>, <paramref name="QuantileError"/> and
/// <paramref name="Histogram"/> is null when there is no score. Not exact are only the three quantiles, and only when
/// <paramref name="QuantileError"/> says so; mean and deviation are exact before they are rounded, half to even, to 6 decimals.
/// </summary>
/// <param name="Median">Like the quartiles by linear interpolation: type 7 of Hyndman and Fan, Sample Quantiles in Statistical
/// Packages, The American Statistician 50 (1996), 361-365; numpy's default and Excel's QUARTILE.INC.</param>
/// <param name="StandardDeviation">Of the population: the square root of the mean squared distance from the mean.</param>
/// <param name="QuantileError">The most by which median and quartiles may be wrong: 0, or 0.005 when a score has more than two decimals.</param>
/// <param name="Histogram">How many scores are in [0,10), [10,20), ... [80,90), [90,100].</param>
public sealed record ScoreStatistics(
    long Count,
    decimal? Minimum,
    decimal? Maximum,
    decimal? Mean,
    decimal? Median,
    decimal? LowerQuartile,
    decimal? UpperQuartile,
    decimal? StandardDeviation,
    decimal QuantileError,
    IReadOnlyList<long> Histogram);
