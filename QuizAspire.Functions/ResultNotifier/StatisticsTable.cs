using System.Globalization;
using System.Text;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Functions.ResultNotifier;

/// <summary>
/// The table of a notification: a row of each quiz, and one of all. The name comes last, because it is the one column whose width no mail program and
/// no script agree on.
/// </summary>
internal static class StatisticsTable
{
    private const int Width = 8;
    private const string AllQuizzes = "All quizzes";

    private static readonly string Header =
        $"{"Scores",10}{"Min",Width}{"Q1",Width}{"Median",Width}{"Q3",Width}{"Max",Width}{"Mean",Width}{"Std dev",9}  Quiz\n";

    /// <param name="maxBytes">In UTF-8. Rows that do not fit are left out whole, and counted.</param>
    public static string Of(SheetSummary summary, int maxBytes)
    {
        var overall = summary.Quizzes.Count == 1 ? "" : Row(summary.Overall, AllQuizzes);
        var left = maxBytes - Encoding.UTF8.GetByteCount(Header) - Encoding.UTF8.GetByteCount(overall) - LeftOut(summary.Quizzes.Count).Length;
        var table = new StringBuilder(Header);
        for (var i = 0; i < summary.Quizzes.Count; i++)
        {
            var row = Row(summary.Quizzes[i].Scores, summary.Quizzes[i].QuizId);
            left -= Encoding.UTF8.GetByteCount(row);
            if (left < 0)
            {
                table.Append(LeftOut(summary.Quizzes.Count - i));
                break;
            }

            table.Append(row);
        }

        return table.Append(overall).ToString();
    }

    private static string LeftOut(int quizzes) => string.Create(
        CultureInfo.InvariantCulture, $"... and {quizzes:N0} more, in the full result\n");

    private static string Row(ScoreStatistics scores, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $"{scores.Count,10:N0}{scores.Minimum,Width:0.00}{scores.LowerQuartile,Width:0.00}{scores.Median,Width:0.00}" +
        $"{scores.UpperQuartile,Width:0.00}{scores.Maximum,Width:0.00}{scores.Mean,Width:0.00}{scores.StandardDeviation,9:0.00}  {name}\n");
}
