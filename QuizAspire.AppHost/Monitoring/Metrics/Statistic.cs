using System.Globalization;
using System.Text.RegularExpressions;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The statistics of CloudWatch that can be told here: the five, and percentiles such as <c>p99</c> or <c>p99.9</c>.</summary>
internal static partial class Statistic
{
    public static bool IsKnown(string name) => name is "Average" or "Sum" or "Minimum" or "Maximum" or "SampleCount" || Percentile(name) is not null;

    public static bool IsPercentile(string name) => Percentile(name) is not null;

    /// <summary>Null: there are no values, or they cannot tell this statistic.</summary>
    public static double? Of(string name, IReadOnlyCollection<StatisticSet> values)
    {
        if (values.Count == 0)
            return null;
        var all = values.Aggregate((one, other) => one.With(other));
        return name switch
        {
            "Average" => all.SampleCount == 0 ? null : all.Sum / all.SampleCount,
            "Sum" => all.Sum,
            "Minimum" => all.Minimum,
            "Maximum" => all.Maximum,
            "SampleCount" => all.SampleCount,
            _ => Percentile(name) is { } percentile ? Rank(percentile, values) : null,
        };
    }

    /// <summary>By nearest rank. As in CloudWatch, values that were only told in short have no percentiles.</summary>
    private static double? Rank(double percentile, IReadOnlyCollection<StatisticSet> values)
    {
        if (!values.All(value => value.IsOneValue))
            return null;
        var rank = Math.Max(1, Math.Ceiling(percentile / 100 * values.Sum(value => value.SampleCount)));
        foreach (var value in values.OrderBy(value => value.Minimum))
            if ((rank -= value.SampleCount) <= 0)
                return value.Minimum;
        return values.Max(value => value.Maximum);
    }

    private static double? Percentile(string name) =>
        PercentileName().Match(name) is { Success: true, Groups: [_, var number] }
        && double.Parse(number.Value, CultureInfo.InvariantCulture) is var percentile and <= 100 ? percentile : null;

    [GeneratedRegex(@"\Ap([0-9]{1,3}(?:\.[0-9]{1,10})?)\z")]
    private static partial Regex PercentileName();
}
