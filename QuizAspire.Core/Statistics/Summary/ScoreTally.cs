namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// Scores seen so far, in the space of a table: a count for each hundredth from 0 to 100. What a score has beyond hundredths is
/// kept in sums, so that only the quantiles rest on the table alone.
/// </summary>
internal sealed class ScoreTally
{
    public const int PerHundredth = 10_000;
    private const int PerBin = 10_000_000;
    private const int Bins = 10;

    private readonly HundredthCounts _counts = new();
    private readonly long[] _moved = new long[Bins];
    private long _finer;
    private int _minimum = int.MaxValue;
    private int _maximum = int.MinValue;
    private long _excess;
    private Int128 _squaresExcess;

    /// <param name="millionths">Scores in millionths, 0 to 100,000,000.</param>
    public void Add(ReadOnlySpan<int> millionths)
    {
        foreach (var score in millionths)
        {
            _minimum = Math.Min(_minimum, score);
            _maximum = Math.Max(_maximum, score);
            var hundredths = (int)((uint)score / PerHundredth);
            if (hundredths * PerHundredth == score)
                _counts.Add(hundredths);
            else
                AddFiner(score);
        }
    }

    public void Add(ScoreTally other)
    {
        _counts.Add(other._counts);
        for (var bin = 0; bin < Bins; bin++)
            _moved[bin] += other._moved[bin];
        _finer += other._finer;
        _minimum = Math.Min(_minimum, other._minimum);
        _maximum = Math.Max(_maximum, other._maximum);
        _excess += other._excess;
        _squaresExcess += other._squaresExcess;
    }

    public ScoreStatistics ToStatistics()
    {
        var count = 0L;
        var sum = _excess;
        var squares = _squaresExcess;
        var histogram = (long[])_moved.Clone();
        foreach (var (hundredths, times) in _counts.InOrder())
        {
            var score = hundredths * PerHundredth;
            count += times;
            sum += times * score;
            squares += (Int128)times * score * score;
            histogram[BinOf(score)] += times;
        }

        if (count == 0)
            return new ScoreStatistics(0, null, null, null, null, null, null, null, 0, histogram);
        var quantiles = new Quantiles(_counts, count);
        return new ScoreStatistics(
            count, Millionths.ToDecimal(_minimum), Millionths.ToDecimal(_maximum),
            Millionths.ToDecimal(Millionths.Mean(sum, count)),
            Between(quantiles.Quarter(2)), Between(quantiles.Quarter(1)), Between(quantiles.Quarter(3)),
            Millionths.ToDecimal(Millionths.Deviation(sum, squares, count)),
            _finer == 0 ? 0m : 0.005m, histogram);

        decimal Between(long quantile) => Millionths.ToDecimal(Math.Clamp(quantile, _minimum, _maximum));
    }

    private void AddFiner(int score)
    {
        var hundredths = (score + PerHundredth / 2) / PerHundredth;
        var rounded = hundredths * PerHundredth;
        _counts.Add(hundredths);
        _finer++;
        _excess += score - rounded;
        _squaresExcess += (long)score * score - (long)rounded * rounded;
        if (BinOf(score) is var bin && BinOf(rounded) is var counted && bin != counted)
        {
            _moved[bin]++;
            _moved[counted]--;
        }
    }

    private static int BinOf(int score) => Math.Min(score / PerBin, Bins - 1);
}
