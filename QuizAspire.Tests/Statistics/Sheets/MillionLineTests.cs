using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;
using QuizAspire.Sheets;
using QuizAspire.Tests.Statistics.Summary;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>The sheet that the benchmark reads.</summary>
public sealed class MillionLineTests : IDisposable
{
    private const int Lines = 1_000_000;
    private static readonly SheetMaker Maker = new(Lines, seed: 1);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"quizaspire-sheet-{Guid.NewGuid():N}.csv");

    [Fact]
    public async Task A_million_lines_give_the_numbers_of_the_scores_that_were_written()
    {
        await Maker.WriteAsync(_path);

        var summary = await ReadAsync();

        var scores = new Dictionary<string, List<decimal>>();
        var missing = 0;
        foreach (var line in Maker.Lines())
        {
            if (!scores.TryGetValue(line.Quiz, out var all))
                scores.Add(line.Quiz, all = []);
            all.AddRange(line.Scores.OfType<int>().Select(score => score / 100m));
            missing += line.Scores.Count(score => score is null);
        }

        Assert.Equal((Lines, Lines, 0, missing), (summary.LinesRead, summary.LinesCounted, summary.LinesRejected, summary.ScoresMissing));
        Assert.Equal(scores.Keys, summary.Quizzes.Select(quiz => quiz.QuizId));
        Assert.Equal(SheetMaker.Quizzes, summary.Quizzes.Count);
        foreach (var quiz in summary.Quizzes)
            StatisticsOracle.AssertSame(scores[quiz.QuizId], quiz.Scores);
        StatisticsOracle.AssertSame([.. scores.Values.SelectMany(all => all)], summary.Overall);
    }

    [PythonFact]
    public async Task A_million_lines_give_the_numbers_that_Pythons_fractions_give()
    {
        await Maker.WriteAsync(_path);

        var summary = await ReadAsync();

        using var python = JsonDocument.Parse(await RunPythonAsync());
        Assert.Equal(python.RootElement.GetProperty("missing").GetInt64(), summary.ScoresMissing);
        var expected = python.RootElement.GetProperty("quizzes");
        Assert.Equal(summary.Quizzes.Count + 1, expected.EnumerateObject().Count());
        foreach (var quiz in summary.Quizzes.Prepend(new QuizStatistics("", summary.Overall)))
            AssertSame(expected.GetProperty(quiz.QuizId), quiz.Scores);
    }

    public void Dispose() => File.Delete(_path);

    private static void AssertSame(JsonElement expected, ScoreStatistics actual)
    {
        decimal?[] measures =
        [
            actual.Minimum, actual.Maximum, actual.Mean, actual.Median, actual.LowerQuartile, actual.UpperQuartile, actual.StandardDeviation,
        ];
        Assert.Equal(expected.GetProperty("count").GetInt64(), actual.Count);
        Assert.Equal(expected.GetProperty("measures").EnumerateArray().Select(text => (decimal?)decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture)), measures);
        Assert.Equal(expected.GetProperty("histogram").EnumerateArray().Select(times => times.GetInt64()), actual.Histogram);
    }

    private async Task<SheetSummary> ReadAsync()
    {
        await using var file = File.OpenRead(_path);
        var outcome = await ScoreSheet.ReadAsync(file, CancellationToken.None);
        return outcome.Summary ?? throw new InvalidDataException(outcome.Failure);
    }

    private async Task<string> RunPythonAsync()
    {
        var script = Path.Combine(Repository.Root, "QuizAspire.Tests", "Statistics", "Sheets", "exact_statistics.py");
        using var process = Process.Start(new ProcessStartInfo(PythonFactAttribute.Python, [script, _path]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
