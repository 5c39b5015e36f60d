using System.Text.Json;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Sheets;

/// <summary>Count, the seven measures (minimum, maximum, mean, median, lower and upper quartile, deviation), histogram.</summary>
internal sealed record QuizNumbers(long Count, IReadOnlyList<double> Measures, IReadOnlyList<long> Histogram)
{
    // Ours are rounded to six decimals, and Python's are sums of floating-point numbers.
    private const double Tolerance = 1e-6;

    public static QuizNumbers Of(ScoreStatistics scores) => new(
        scores.Count,
        [.. new[] { scores.Minimum, scores.Maximum, scores.Mean, scores.Median, scores.LowerQuartile, scores.UpperQuartile, scores.StandardDeviation }
            .Select(measure => (double)(measure ?? decimal.MinValue))],
        scores.Histogram);

    /// <param name="row">As the Python script writes it: all in one array, the histogram last.</param>
    public static QuizNumbers Of(JsonElement row) => new(
        row[0].GetInt64(),
        [.. row.EnumerateArray().Skip(1).SkipLast(1).Select(measure => measure.GetDouble())],
        [.. row[row.GetArrayLength() - 1].EnumerateArray().Select(times => times.GetInt64())]);

    public bool IsSameAs(QuizNumbers other) =>
        Count == other.Count && Histogram.SequenceEqual(other.Histogram)
        && Measures.Zip(other.Measures).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);

    public override string ToString() => $"{Count} scores, {string.Join(' ', Measures)}, {string.Join(' ', Histogram)}";
}
