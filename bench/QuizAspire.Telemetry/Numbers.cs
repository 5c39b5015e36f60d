namespace QuizAspire.TelemetryBench;

internal static class Numbers
{
    /// <summary>By linear interpolation; 0.5 is the median.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 < sorted.Count ? sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);
}
