namespace QuizAspire.Core.Scoring;

/// <summary>
/// Python's <c>round((correct / total) * 100, 2)</c>, digit for digit. The quotient and the product are rounded to binary
/// doubles first, and <c>round</c> then takes the exact value of that double to the nearest hundredth, half to even. Exact decimal
/// arithmetic differs from it in 82 of the pairs with a total up to 2000, all of them multiples of 160, where the true value lies half
/// way and the double beside it does not: 23 of 160 is 14.375 percent, 14.37 in the seed, 14.38 in exact arithmetic.
/// <see cref="Math.Round(double, int)"/> will not do either, because it multiplies by 100 in binary before it rounds.
/// </summary>
internal static class SeedRounding
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    public static decimal Percent(int correct, int total) => ToHundredths((double)correct / total * 100) / 100m;

    // percent is mantissa * 2^-shift; its hundredths are (mantissa * 100) >> shift, and what is shifted out decides the rounding.
    private static long ToHundredths(double percent)
    {
        if (percent == 0)
            return 0;

        var bits = BitConverter.DoubleToUInt64Bits(percent);
        var mantissa = bits & ((1UL << MantissaBits) - 1) | 1UL << MantissaBits;
        var shift = MantissaBits + ExponentBias - (int)(bits >> MantissaBits);

        var scaled = (UInt128)mantissa * 100;
        var hundredths = (long)(scaled >> shift);
        var rest = scaled & ((UInt128.One << shift) - 1);
        var half = UInt128.One << (shift - 1);
        var roundsUp = rest > half || (rest == half && (hundredths & 1) == 1);
        return roundsUp ? hundredths + 1 : hundredths;
    }
}
