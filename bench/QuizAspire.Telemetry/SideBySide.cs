namespace QuizAspire.TelemetryBench;

/// <summary>
/// Lets every target work in short turns, round after round, beginning with another each time: what else the machine does, and how fast it is just now, meets all
/// alike. What a target costs is its processor time from the first round to the end of the last, so that exports after its turns count too.
/// </summary>
internal sealed class SideBySide(IReadOnlyList<ITarget> targets, int submissions)
{
    /// <param name="warmups">Rounds before those that count: code is compiled for good only after a while.</param>
    /// <returns>In the targets' order.</returns>
    public async Task<IReadOnlyList<Cost>> RunAsync(int warmups, int rounds)
    {
        for (var i = 0; i < warmups; i++)
            await RunRoundAsync(i);

        var before = targets.Select(target => target.Processor).ToList();
        var calls = targets.Select(_ => new List<double>()).ToList();
        for (var i = 0; i < rounds; i++)
        {
            foreach (var (all, times) in calls.Zip(await RunRoundAsync(i)))
                all.AddRange(times.Select(time => time.TotalMilliseconds));
        }

        return [.. targets.Select((target, i) => new Cost(
            (target.Processor - before[i]).TotalMicroseconds / submissions / rounds, Numbers.Median(calls[i]), target.Resident))];
    }

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
}

/// <summary>What a process has needed.</summary>
/// <param name="Processor">Microseconds a submission.</param>
/// <param name="Call">Median milliseconds of a call.</param>
/// <param name="Resident">Bytes, at the end.</param>
internal sealed record Cost(double Processor, double Call, long Resident);
