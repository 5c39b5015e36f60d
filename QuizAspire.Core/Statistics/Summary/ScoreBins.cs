namespace QuizAspire.Core.Statistics.Summary;

/// <summary>The histogram's classes: [0,10), [10,20), ... [80,90), [90,100].</summary>
internal static class ScoreBins
{
    public const int Count = 10;

    /// <param name="score">In millionths.</param>
    public static int Of(int score) => Math.Min(score / 10_000_000, Count - 1);
}
