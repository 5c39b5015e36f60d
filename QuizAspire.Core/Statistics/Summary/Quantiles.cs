namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// Median and quartiles of counted scores. Of n scores in order, x[0] to x[n-1], the quantile p is x[j] + g (x[j+1] - x[j]) with
/// j and g the whole and the fractional part of p (n-1): definition 7 of Hyndman and Fan (1996).
/// </summary>
internal sealed class Quantiles(HundredthCounts counts, long count)
{
    private const int PerQuarter = ScoreTally.PerHundredth / 4;

    /// <param name="quarter">1, 2 or 3.</param>
    /// <returns>In millionths, of the scores rounded to hundredths; without rounding of its own.</returns>
    public long Quarter(int quarter)
    {
        var (index, quarters) = Math.DivRem((count - 1) * quarter, 4);
        var (lower, upper) = Neighbours(index);
        return (long)lower * ScoreTally.PerHundredth + quarters * (upper - lower) * PerQuarter;
    }

    /// <summary>The score at that place and the one after it, or the last one twice.</summary>
    private (int Lower, int Upper) Neighbours(long index)
    {
        var passed = 0L;
        int? lower = null;
        foreach (var (hundredths, times) in counts.InOrder())
        {
            passed += times;
            if (passed > index)
                lower ??= hundredths;
            if (passed > index + 1)
                return (lower!.Value, hundredths);
        }

        var last = lower ?? throw new InvalidOperationException($"{index} is past the last of {passed} scores.");
        return (last, last);
    }
}
