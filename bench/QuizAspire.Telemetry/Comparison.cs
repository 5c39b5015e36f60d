using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>
/// What variants cost, each against the first. Two processes of the same program differ by some percent for as long as they live, by where the memory that
/// they got lies; so the processes are started anew several times, and it is their starts that the error of a number comes from.
/// </summary>
internal sealed class Comparison(IReadOnlyList<Variant> variants)
{
    private readonly List<IReadOnlyList<Cost>> _starts = [];

    /// <summary>Takes the costs of processes that ran side by side.</summary>
    public void Add(IReadOnlyList<Cost> costs) => _starts.Add(costs);

    /// <summary>One line a variant: means over the starts, with twice their standard error.</summary>
    public IEnumerable<string> Report()
    {
        yield return $"{"",-22} {"CPU us/submission",18} {"more CPU",16} {"ms/call",8} {"more",16} {"MB",5}";
        for (var i = 0; i < variants.Count; i++)
        {
            var variant = i;
            var costs = _starts.Select(start => start[variant]).ToList();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{variants[i].Name,-22} {costs.Average(cost => cost.Processor),18:0.0} {More(variant, cost => cost.Processor),16} "
                + $"{costs.Average(cost => cost.Call),8:0.00} {More(variant, cost => cost.Call),16} {costs.Max(cost => cost.Resident) / 1e6,5:0}");
        }
    }

    private string More(int variant, Func<Cost, double> of)
    {
        if (variant == 0)
            return "";

        var more = _starts.Select(start => of(start[variant]) / of(start[0]) - 1).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{more.Average():+0.0%;-0.0%} +-{2 * Numbers.StandardError(more):0.0%}");
    }
}
