using System.Numerics;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Tests.Statistics.Summary;

/// <summary>Statistics the naive way: all scores in a sorted list, sums without limit, roots of whole numbers.</summary>
internal static class StatisticsOracle
{
    private const decimal PerUnit = 1_000_000m;

    /// <param name="scores">With six decimals at most.</param>
    public static void AssertSame(IReadOnlyCollection<decimal> scores, ScoreStatistics actual)
    {
        Assert.Equal(scores.Count, actual.Count);
        Assert.Equal(HistogramOf(scores), actual.Histogram);
        if (scores.Count == 0)
        {
            Assert.Equal((null, null, null, null), (actual.Minimum, actual.Maximum, actual.Mean, actual.StandardDeviation));
            Assert.Equal((null, null, null, 0m), (actual.Median, actual.LowerQuartile, actual.UpperQuartile, actual.QuantileError));
            return;
        }

        var sorted = scores.Order().ToList();
        Assert.Equal((sorted[0], sorted[^1]), (actual.Minimum, actual.Maximum));
        Assert.Equal(MeanOf(sorted), actual.Mean);
        Assert.Equal(DeviationOf(sorted), actual.StandardDeviation);
        Assert.Equal(sorted.TrueForAll(score => score * 100 % 1 == 0) ? 0m : 0.005m, actual.QuantileError);
        Assert.InRange(actual.LowerQuartile!.Value - Quantile(sorted, 1), -actual.QuantileError, actual.QuantileError);
        Assert.InRange(actual.Median!.Value - Quantile(sorted, 2), -actual.QuantileError, actual.QuantileError);
        Assert.InRange(actual.UpperQuartile!.Value - Quantile(sorted, 3), -actual.QuantileError, actual.QuantileError);
    }

    private static decimal MeanOf(List<decimal> scores)
    {
        var sum = Sum(scores, power: 1);
        var doubled = 2 * sum / scores.Count;
        return Half(doubled, isExact: doubled * scores.Count == 2 * sum);
    }

    private static decimal DeviationOf(List<decimal> scores)
    {
        var sum = Sum(scores, power: 1);
        var spread = 4 * (scores.Count * Sum(scores, power: 2) - sum * sum);
        var root = Root(spread);
        var doubled = root / scores.Count;
        return Half(doubled, isExact: doubled * scores.Count == root && root * root == spread);
    }

    /// <summary>Of twice a number, rounded down: the number, rounded half to even.</summary>
    private static decimal Half(BigInteger doubled, bool isExact)
    {
        var down = doubled / 2;
        var up = !doubled.IsEven && (!isExact || !down.IsEven);
        return (decimal)(up ? down + 1 : down) / PerUnit;
    }

    private static decimal Quantile(List<decimal> sorted, int quarter)
    {
        var place = (sorted.Count - 1) * quarter / 4m;
        var below = sorted[(int)place];
        var above = sorted[Math.Min((int)place + 1, sorted.Count - 1)];
        return below + (above - below) * (place % 1);
    }

    private static long[] HistogramOf(IReadOnlyCollection<decimal> scores)
    {
        var histogram = new long[10];
        foreach (var score in scores)
            histogram[score == 100 ? 9 : (int)(score / 10)]++;
        return histogram;
    }

    /// <summary>In millionths; equal scores at once, since a sheet may have millions of few.</summary>
    private static BigInteger Sum(List<decimal> scores, int power) => scores.CountBy(score => score)
        .Aggregate(BigInteger.Zero, (total, score) => total + score.Value * BigInteger.Pow(new BigInteger(score.Key * PerUnit), power));

    /// <summary>By bisection.</summary>
    private static BigInteger Root(BigInteger square)
    {
        var (low, high) = (BigInteger.Zero, square + 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (middle * middle <= square)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
