using System.Globalization;
using System.Text;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Functions.ResultNotifier;

/// <summary>What the teacher is told of a sheet, in plain text that needs no fixed width of the names' letters.</summary>
/// <param name="Subject">1 to <see cref="MaxSubject"/> printable ASCII characters, as SNS wants it.</param>
/// <param name="Message">At most <see cref="MaxMessage"/> bytes of UTF-8.</param>
internal sealed record StatisticsNotification(string Subject, string Message)
{
    /// <summary>SNS's documentation says both "less than 100" and "up to 100".</summary>
    public const int MaxSubject = 99;

    /// <summary>SNS takes 262,144 bytes; the subject and what a subscription adds around the message need some of them.</summary>
    public const int MaxMessage = 250_000;

    private const int ToldProblems = 10;

    // A reason may be a long sentence, of which a line is enough here.
    private const int MaxReason = 500;

    /// <param name="job">Null when the table has none; the message then does not say where the sheet came from.</param>
    /// <param name="link">Of the full result.</param>
    public static StatisticsNotification Of(StatisticsReport report, StatisticsJob? job, string link)
    {
        var begin = new StringBuilder();
        var end = new StringBuilder();
        AddOrigin(begin, job);
        end.Append("\nFull result: ").Append(link).Append('\n');
        if (report.Result is not { } summary)
        {
            // Some reasons are sentences.
            var reason = Shortened(report.Reason ?? "it could not be read").TrimEnd('.');
            begin.Append("\nThere are no statistics of this sheet: ").Append(reason).Append(".\n");
            return new StatisticsNotification("Quiz statistics: the score sheet could not be used", begin.Append(end).ToString());
        }

        AddLines(begin, summary);
        var note = new StringBuilder();
        AddProblems(note, summary);
        AddPrecision(note, summary);
        var text = begin.ToString();
        var rest = note.Append(end).ToString();
        var table = StatisticsTable.Of(summary, MaxMessage - Encoding.UTF8.GetByteCount(text) - Encoding.UTF8.GetByteCount(rest));
        return new StatisticsNotification(SubjectOf(summary), text + table + rest);
    }

    private static string SubjectOf(SheetSummary summary)
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Quizzes.Count:N0} {(summary.Quizzes.Count == 1 ? "quiz" : "quizzes")}, {Counted(summary.Overall.Count, "score")}");
        var named = summary.Quizzes is [var only] ? $"Quiz statistics: {only.QuizId} ({counts})" : null;
        return named is { Length: <= MaxSubject } && !named.AsSpan().ContainsAnyExceptInRange(' ', '~') ? named : $"Quiz statistics: {counts}";
    }

    private static void AddOrigin(StringBuilder text, StatisticsJob? job)
    {
        text.Append("Statistics of a score sheet\n");
        if (job is null)
            return;

        var from = job.Source switch
        {
            StatisticsSource.Json => "sent as lines of JSON",
            StatisticsSource.Csv => "sent as CSV",
            StatisticsSource.Upload => "uploaded as CSV",
            _ => $"made of the results of quiz {job.QuizId}",
        };
        text.Append(CultureInfo.InvariantCulture, $"{from}, {job.SubmittedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
    }

    private static void AddLines(StringBuilder text, SheetSummary summary)
    {
        var lines = summary.LinesCounted + summary.LinesRejected;
        text.Append(CultureInfo.InvariantCulture, $"\n{summary.LinesCounted:N0} of {Counted(lines, "line")} counted");
        if (summary.LinesRejected > 0)
            text.Append(CultureInfo.InvariantCulture, $", {summary.LinesRejected:N0} rejected");
        if (summary.ScoresMissing > 0)
            text.Append(CultureInfo.InvariantCulture, $", {Counted(summary.ScoresMissing, "score")} missing");
        text.Append(".\n\n");
    }

    private static void AddProblems(StringBuilder text, SheetSummary summary)
    {
        if (summary.LinesRejected == 0)
            return;

        text.Append(CultureInfo.InvariantCulture, $"\nRejected lines: {summary.LinesRejected:N0}\n");
        foreach (var problem in summary.Problems.Take(ToldProblems))
            text.Append(CultureInfo.InvariantCulture, $"  line {problem.Line}: {Shortened(problem.Reason)}\n");
        if (summary.LinesRejected > ToldProblems)
            text.Append(CultureInfo.InvariantCulture, $"  and {summary.LinesRejected - ToldProblems:N0} more\n");
    }

    private static void AddPrecision(StringBuilder text, SheetSummary summary)
    {
        var error = summary.Quizzes.Select(quiz => quiz.Scores.QuantileError).Append(summary.Overall.QuantileError).Max();
        if (error > 0)
            text.Append(CultureInfo.InvariantCulture, $"\nMedians and quartiles are exact to {error:0.######}.\n");
    }

    private static string Counted(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static string Shortened(string reason) => reason.Length <= MaxReason ? reason : string.Concat(reason.AsSpan(0, MaxReason), "...");
}
