using System.Globalization;
using QuizAspire.Load.Api;

namespace QuizAspire.Load;

/// <param name="Posting">Time until the last submission was accepted.</param>
/// <param name="Total">Time until the last result was seen, or the deadline.</param>
/// <param name="UntilSeen">From the answer to the post until a poll found the result.</param>
internal sealed record LoadReport(
    TimeSpan Posting, TimeSpan Total, Attempts Attempts, IReadOnlyList<Accepted> Accepted, IReadOnlyList<ResultBody> Results,
    IReadOnlyList<TimeSpan> UntilSeen, IReadOnlyList<Outcome> Outcomes)
{
    public IReadOnlyList<string> Violations { get; } = [.. Outcomes.SelectMany(Oracle.Violations)];

    public IEnumerable<string> Lines() =>
    [
        Text($"accepted     {Accepted.Count} submissions in {Posting.TotalSeconds:F2} s, {Accepted.Count / Posting.TotalSeconds:F0}/s"),
        Text($"sent again   {Attempts.Unavailable} told to come back, {Attempts.Lost} connections lost, {Attempts.Faults} server faults"),
        "POST         " + Percentiles(Accepted.Select(accepted => accepted.Latency)),
        Text($"results      {Results.Count} in {Total.TotalSeconds:F2} s, {Results.Count / Total.TotalSeconds:F0}/s"),
        "to result    " + Percentiles(Results.Select(result => result.ProcessedAt - result.SubmittedAt)) + " (submitted_at to processed_at)",
        "to be seen   " + Percentiles(UntilSeen) + " (answer to POST until a poll found it)",
        Text($"oracle       {Outcomes.Sum(outcome => outcome.Stored.Count)} stored, {Violations.Count} violations"),
    ];

    /// <summary>Nearest-rank percentiles, in milliseconds.</summary>
    internal static string Percentiles(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? "none" : Text($"p50 {At(50)} ms, p90 {At(90)} ms, p99 {At(99)} ms, max {At(100)} ms");

        string At(int percent) => Text($"{sorted[Math.Max(0, (int)Math.Ceiling(percent / 100.0 * sorted.Length) - 1)].TotalMilliseconds:F1}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
