using CsvHelper;
using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Sheets;

/// <summary>The readers that run in this process.</summary>
internal static class Readers
{
    public static async Task<Reading> QuizAspireAsync(string path)
    {
        var timing = new Timing();
        var outcome = await ReadAsync(path);
        return new Reading(timing.Elapsed, timing.Processor, null,
            SheetNumbers.Of(outcome.Summary ?? throw new InvalidDataException(outcome.Failure)));
    }

    /// <summary>
    /// CsvHelper, read as fast as it can be: fields as bytes in its buffer, and behind it our own numbers and statistics, so that only
    /// the taking apart differs. It checks nothing but the numbers.
    /// </summary>
    public static Task<Reading> CsvHelperAsync(string path)
    {
        var timing = new Timing();
        var quizzes = new QuizIndex();
        var scores = new LineScores();
        var missing = 0L;
        using (var csv = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = false, Separator = ',' }))
            while (csv.Read())
            {
                scores.Clear();
                for (var field = 1; field < csv.FieldCount; field++)
                    if (ScoreText.Read(csv.GetSpan(field), out var millionths) == ScoreKind.Score)
                        scores.AddMillionths(millionths);
                    else
                        missing++;
                var name = csv.GetSpan(0);
                scores.CountIn(quizzes.TryFind(name, out var tally) ? tally : quizzes.Add(name));
            }

        var overall = new ScoreTally();
        foreach (var (_, tally) in quizzes.InOrder)
            overall.Add(tally);
        var numbers = quizzes.InOrder.Prepend(("", overall)).ToDictionary(quiz => quiz.Item1, quiz => QuizNumbers.Of(quiz.Item2.ToStatistics()));
        return Task.FromResult(new Reading(timing.Elapsed, timing.Processor, null, new SheetNumbers(missing, numbers)));
    }

    public static async Task<SheetOutcome> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        return await ScoreSheet.ReadAsync(file, CancellationToken.None);
    }
}
