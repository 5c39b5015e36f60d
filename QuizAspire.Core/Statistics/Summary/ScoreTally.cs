namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// Scores seen so far, in the space of a table: a count for each hundredth from 0 to 100. That is all there is to know of scores with
/// two decimals at most; finer ones are in a table of their own, rounded, beside what rounding took from them.
/// </summary>
internal sealed class ScoreTally
{
    /// <summary>Scores are whole numbers of millionths, 0 to 100,000,000.</summary>
    public const int PerHundredth = 10_000;

    private readonly HundredthCounts _exact = new();
    private FinerScores? _finer;

    public void AddHundredths(ReadOnlySpan<int> scores) => _exact.Add(scores);

    /// <param name="score">In millionths, and no whole number of hundredths.</param>
    public void AddFiner(int score) => (_finer ??= new FinerScores()).Add(score);

    public void Add(ScoreTally other)
    {
        _exact.Add(other._exact);
        if (other._finer is not null)
            (_finer ??= new FinerScores()).Add(other._finer);
    }

    public ScoreStatistics ToStatistics()
    {
        var all = _exact;
        var (minimum, maximum) = (int.MaxValue, int.MinValue);
        foreach (var (hundredths, _) in _exact.InOrder())
            (minimum, maximum) = (Math.Min(minimum, hundredths * PerHundredth), hundredths * PerHundredth);
        if (_finer is not null)
        {
            all = new HundredthCounts();
            all.Add(_exact);
            all.Add(_finer.Rounded);
            (minimum, maximum) = (Math.Min(minimum, _finer.Minimum), Math.Max(maximum, _finer.Maximum));
        }

        var count = 0L;
        var sum = _finer?.Excess ?? 0;
        var squares = _finer?.SquaresExcess ?? 0;
        var histogram = new long[ScoreBins.Count];
        foreach (var (hundredths, times) in all.InOrder())
        {
            var score = (long)hundredths * PerHundredth;
            count += times;
            sum += times * score;
            squares += times * (Int128)(score * score);
            histogram[ScoreBins.Of((int)score)] += times;
        }

        if (count == 0)
            return new ScoreStatistics(0, null, null, null, null, null, null, null, 0, histogram);
        _finer?.MoveTo(histogram);
        var quantiles = new Quantiles(all, count);
        return new ScoreStatistics(
            count, Millionths.ToDecimal(minimum), Millionths.ToDecimal(maximum), Millionths.ToDecimal(Millionths.Mean(sum, count)),
            Quarter(2), Quarter(1), Quarter(3),
            Millionths.ToDecimal(Millionths.Deviation(sum, squares, count)), _finer is null ? 0m : FinerScores.QuantileError, histogram);

        // A rounded score may lie outside of what the scores themselves span.
        decimal Quarter(int quarter) => Millionths.ToDecimal(Math.Clamp(quantiles.Quarter(quarter), minimum, maximum));
    }
}
