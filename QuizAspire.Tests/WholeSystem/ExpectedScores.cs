using System.Text.Json.Nodes;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>The statistics of a list of scores, by sorting it: nothing of how the system computes them.</summary>
internal static class ExpectedScores
{
    /// <param name="actual">The object of numbers that the API gives for them.</param>
    public static void AssertAre(IEnumerable<decimal> scores, JsonNode actual)
    {
        var sorted = scores.Order().ToArray();
        var mean = sorted.Sum() / sorted.Length;
        var deviation = Math.Sqrt(sorted.Average(score => Math.Pow((double)(score - mean), 2)));

        Assert.Equal(sorted.Length, (int)actual["count"]!);
        Assert.Equal(sorted[0], (decimal)actual["minimum"]!);
        Assert.Equal(sorted[^1], (decimal)actual["maximum"]!);
        Assert.Equal(Math.Round(mean, 6), (decimal)actual["mean"]!);
        Assert.Equal(Math.Round(Quantile(sorted, 0.25m), 6), (decimal)actual["lower_quartile"]!);
        Assert.Equal(Math.Round(Quantile(sorted, 0.5m), 6), (decimal)actual["median"]!);
        Assert.Equal(Math.Round(Quantile(sorted, 0.75m), 6), (decimal)actual["upper_quartile"]!);
        Assert.Equal(deviation, (double)actual["standard_deviation"]!, 0.000_002);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(bin => sorted.Count(score => Math.Min((int)(score / 10), 9) == bin)),
            actual["histogram"]!.AsArray().Select(count => (int)count!));
    }

    /// <summary>Linear interpolation between the two nearest, as numpy has it.</summary>
    private static decimal Quantile(decimal[] sorted, decimal fraction)
    {
        var at = (sorted.Length - 1) * fraction;
        var (below, part) = ((int)at, at - (int)at);
        return below + 1 < sorted.Length ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
