namespace QuizAspire.Core.Statistics.Summary;

/// <summary>
/// Scores with more than two decimals: counted by the nearest hundredth, with sums of what that rounding changed, so that mean,
/// deviation, minimum, maximum and histogram stay exact. Rounding keeps the order and moves no score by more than half a hundredth,
/// so no order statistic moves further, and nothing between two of them does.
/// </summary>
internal sealed class FinerScores
{
    public const decimal QuantileError = 0.005m;

    private readonly long[] _moved = new long[ScoreBins.Count];

    public HundredthCounts Rounded { get; } = new();

    public int Minimum { get; private set; } = int.MaxValue;

    public int Maximum { get; private set; } = int.MinValue;

    /// <summary>Of the scores over their rounded values; in millionths.</summary>
    public long Excess { get; private set; }

    /// <summary>Of the scores' squares over those of their rounded values.</summary>
    public Int128 SquaresExcess { get; private set; }

    public void Add(int score)
    {
        var hundredths = (score + ScoreTally.PerHundredth / 2) / ScoreTally.PerHundredth;
        var rounded = hundredths * ScoreTally.PerHundredth;
        Rounded.Add([hundredths]);
        Minimum = Math.Min(Minimum, score);
        Maximum = Math.Max(Maximum, score);
        Excess += score - rounded;
        SquaresExcess += (long)score * score - (long)rounded * rounded;
        _moved[ScoreBins.Of(score)]++;
        _moved[ScoreBins.Of(rounded)]--;
    }

    public void Add(FinerScores other)
    {
        Rounded.Add(other.Rounded);
        Minimum = Math.Min(Minimum, other.Minimum);
        Maximum = Math.Max(Maximum, other.Maximum);
        Excess += other.Excess;
        SquaresExcess += other.SquaresExcess;
        other.MoveTo(_moved);
    }

    /// <summary>Puts each score into its own class, where its rounded value was counted in the next.</summary>
    public void MoveTo(long[] histogram)
    {
        for (var bin = 0; bin < ScoreBins.Count; bin++)
            histogram[bin] += _moved[bin];
    }
}
