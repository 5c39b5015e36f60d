using System.Runtime.CompilerServices;

namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// How often each of 0.00, 0.01, ... 100.00 was seen. A page holds the values with the same two decimals, so that a quiz with
/// whole numbers takes 404 bytes, and one with everything that two decimals can say 40 KB.
/// </summary>
internal sealed class HundredthCounts
{
    private const int Fractions = 100;
    private const int Wholes = 101;

    // A 32-bit count cannot overflow: a score takes two bytes of a sheet at least, and a sheet has 1 GiB at most.
    private readonly int[]?[] _pages = new int[]?[Fractions];

    /// <param name="scores">In hundredths, 0 to 10,000.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<int> scores)
    {
        foreach (var score in scores)
        {
            var whole = (int)((uint)score / Fractions);
            (_pages[score - whole * Fractions] ??= new int[Wholes])[whole]++;
        }
    }

    public void Add(HundredthCounts other)
    {
        for (var fraction = 0; fraction < Fractions; fraction++)
            if (other._pages[fraction] is { } counts)
            {
                var page = _pages[fraction] ??= new int[Wholes];
                for (var whole = 0; whole < Wholes; whole++)
                    page[whole] += counts[whole];
            }
    }

    /// <summary>What was seen at all, smallest first.</summary>
    public IEnumerable<(int Hundredths, long Times)> InOrder()
    {
        for (var whole = 0; whole < Wholes; whole++)
            for (var fraction = 0; fraction < Fractions; fraction++)
                if (_pages[fraction]?[whole] is { } times and > 0)
                    yield return (whole * Fractions + fraction, times);
    }
}
