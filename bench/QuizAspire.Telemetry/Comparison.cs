using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>
/// Lets every target work in turn, round after round, beginning with another each time: what else the machine does meets all alike. What a
/// target costs in a round is its processor time from one round to the next, so that exports after its turn count too.
/// </summary>
internal sealed class Comparison(IReadOnlyList<ITarget> targets, int submissions)
{
    private readonly List<Round> _rounds = [];

    /// <param name="warmups">Rounds before those that count: code is compiled for good only after a while.</param>
    public async Task RunAsync(int warmups, int rounds)
    {
        for (var i = 0; i < warmups; i++)
            await RunRoundAsync(i);

        for (var i = 0; i < rounds; i++)
        {
            var before = targets.Select(target => target.Processor).ToList();
            var times = await RunRoundAsync(i);
            _rounds.Add(new Round(
                [.. targets.Zip(before, (target, at) => (target.Processor - at).TotalMicroseconds / submissions)],
                [.. times.Select(calls => Numbers.Median(calls.Select(call => call.TotalMilliseconds)))]));
        }
    }

    /// <summary>One line a target: medians over the rounds, and how much more than the first target's in the same round.</summary>
    public IEnumerable<string> Report()
    {
        yield return $"{"",-22} {"CPU us/submission",18} {"(quartiles)",14} {"more CPU",9} {"(quartiles)",17} {"in all",8} {"ms/call",8} {"more",7} {"MB",5}";
        for (var i = 0; i < targets.Count; i++)
        {
            var target = i;
            var work = _rounds.Select(round => round.Processor[target]).ToList();
            var more = _rounds.Select(round => round.Processor[target] / round.Processor[0] - 1).ToList();
            var calls = _rounds.Select(round => round.Call[target]).ToList();
            var slower = _rounds.Select(round => round.Call[target] / round.Call[0] - 1).ToList();
            var inAll = work.Sum() / _rounds.Sum(round => round.Processor[0]) - 1;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{targets[i].Variant.Name,-22} {Numbers.Median(work),18:0.0} {Quartiles(work, "0"),14} {Numbers.Median(more),9:+0.0%;-0.0%} {Quartiles(more, "+0.0%;-0.0%"),17} "
                + $"{inAll,8:+0.0%;-0.0%} {Numbers.Median(calls),8:0.00} {Numbers.Median(slower),7:+0.0%;-0.0%} {targets[i].Resident / 1e6,5:0}");
        }
    }

    private static string Quartiles(IReadOnlyList<double> values, string format) =>
        $"({Numbers.Quantile(values, 0.25).ToString(format, CultureInfo.InvariantCulture)} {Numbers.Quantile(values, 0.75).ToString(format, CultureInfo.InvariantCulture)})";

    private async Task<IReadOnlyList<TimeSpan>[]> RunRoundAsync(int number)
    {
        var times = new IReadOnlyList<TimeSpan>[targets.Count];
        for (var i = 0; i < targets.Count; i++)
        {
            var turn = (number + i) % targets.Count;
            times[turn] = await targets[turn].RunAsync(submissions);
        }

        return times;
    }

    /// <param name="Processor">Microseconds a submission, by target.</param>
    /// <param name="Call">Median milliseconds of a call, by target.</param>
    private sealed record Round(IReadOnlyList<double> Processor, IReadOnlyList<double> Call);
}
