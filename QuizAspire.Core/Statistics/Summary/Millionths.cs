using System.Diagnostics;

namespace QuizAspire.Core.Statistics.Summary;

/// <summary>Arithmetic on whole numbers of millionths: exact until the one rounding at its end, which is half to even.</summary>
internal static class Millionths
{
    private const decimal PerUnit = 1_000_000m;

    /// <summary>Without zeros at the end, so that one number has one spelling.</summary>
    public static decimal ToDecimal(long millionths) => millionths / PerUnit;

    public static long Mean(long sum, long count)
    {
        var (mean, rest) = Math.DivRem(sum, count);
        return mean + (RoundsUp(2 * rest, count, mean) ? 1 : 0);
    }

    /// <summary>
    /// The square root of (n S2 - S1 S1) / (n n), S1 being the sum and S2 the sum of squares: the textbook's formula, which in floating
    /// point cancels and in integers does not. With n at most 2^29 and scores at most 10^8 everything stays under 2^127.
    /// </summary>
    public static long Deviation(long sum, Int128 squares, long count)
    {
        var spread = count * squares - (Int128)sum * sum;
        var countSquared = (Int128)count * count;
        var root = SquareRoot((long)(spread / countSquared));
        // The exact root is compared with root + 1/2, both squared and multiplied by 4 n n.
        return root + (RoundsUp(4 * spread, (Int128)(2 * root + 1) * (2 * root + 1) * countSquared, root) ? 1 : 0);
    }

    private static bool RoundsUp(Int128 twice, Int128 half, long lower) => twice > half || (twice == half && long.IsOddInteger(lower));

    /// <summary>The largest whole number whose square is not larger.</summary>
    private static long SquareRoot(long square)
    {
        Debug.Assert(square >= 0, "A variance is not negative.");
        var root = (long)Math.Sqrt(square);
        while (root * root > square)
            root--;
        while ((root + 1) * (root + 1) <= square)
            root++;
        return root;
    }
}
