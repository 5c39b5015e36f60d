using System.Globalization;
using CsvHelper;
using QuizAspire.Core.Statistics.Sheets;

namespace QuizAspire.Sheets;

/// <summary>
/// What the readers make of sheets with one thing wrong, or unusual, among good lines: how many lines they count, of those that are good.
/// The speed of good sheets is not why there is a parser of our own; this is.
/// </summary>
internal sealed class Damage(int lines)
{
    private static readonly CsvReaderOptions Rfc4180 = new()
    {
        HasHeader = false,
        Separator = ',',
        MalformedData = CsvMalformedDataHandling.Skip,
        MaxRecordSize = SheetLimits.LineBytes,
    };

    private static readonly (string Name, Func<string, Task<string>> CountAsync)[] Ways =
    [
        ("QuizAspire", OursAsync),
        ("CsvHelper, RFC 4180", path => CsvHelperAsync(path, Rfc4180)),
        ("CsvHelper, no breaks in quotes", path => CsvHelperAsync(path, Rfc4180 with { AllowLineBreaksInQuotes = false })),
    ];

    /// <summary>Ours must count every good line; what the others do is only told.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> RunAsync(string path)
    {
        var isRight = true;
        Console.WriteLine($"{$"of {lines:N0} good lines are counted",-34}{string.Concat(Ways.Select(way => $"{way.Name,32}"))}");
        foreach (var (name, line, isGood) in Sheets())
        {
            await File.WriteAllLinesAsync(path, Good(0, lines / 2).Append(line).Concat(Good(lines / 2, lines)));
            var counts = new List<string>();
            foreach (var (_, countAsync) in Ways)
                counts.Add(await countAsync(path));
            isRight &= counts[0] == Text(lines + (isGood ? 1 : 0));
            Console.WriteLine($"{name,-34}{string.Concat(counts.Select(count => $"{count,32}"))}");
        }

        return isRight;
    }

    private static IEnumerable<(string Name, string Line, bool IsGood)> Sheets() =>
    [
        ("a quote that is never closed", "\"Algebra,85,76", false),
        ("a quote in the middle", "Alge\"bra,85,76", false),
        ("a line of 2 MiB", "Algebra" + string.Concat(Enumerable.Repeat(",85", 700_000)), false),
        ("and one: a break in a quoted name", "\"Algebra\npart 2\",85,76", true),
    ];

    private static IEnumerable<string> Good(int from, int to) =>
        Enumerable.Range(from, to - from).Select(n => string.Create(CultureInfo.InvariantCulture, $"Quiz {n % 25},{n % 101},{n % 7}.5"));

    private static async Task<string> OursAsync(string path) => Text((await Readers.ReadAsync(path)).Summary?.LinesCounted ?? 0);

    private static Task<string> CsvHelperAsync(string path, CsvReaderOptions options)
    {
        var counted = 0L;
        try
        {
            using var csv = CsvReader.FromFile(path, options);
            while (csv.Read())
                counted += IsWhole(csv) ? 1 : 0;
            return Task.FromResult(Text(counted));
        }
        catch (CsvFormatException)
        {
            return Task.FromResult($"{Text(counted)}, then an exception");
        }
    }

    private static bool IsWhole(CsvReader csv)
    {
        for (var field = 1; field < csv.FieldCount; field++)
            if (ScoreText.Read(csv.GetSpan(field), out _) != ScoreKind.Score)
                return false;
        return csv.FieldCount > 1;
    }

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
