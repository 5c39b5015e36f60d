using System.Globalization;

namespace QuizAspire.Sheets;

/// <summary>Lets every reader read the same file, round after round, and tells how fast each was and whether all agree.</summary>
internal sealed class Race(string path, int rounds)
{
    private const string Ours = "QuizAspire";

    private readonly List<(string Name, Func<Task<Reading>> ReadAsync, List<Reading> Readings)> _readers =
    [
        (Ours, () => Readers.QuizAspireAsync(path), []),
        ("QuizAspire, a process of its own", () => Children.QuizAspireAsync(path), []),
        ("CsvHelper", () => Readers.CsvHelperAsync(path), []),
    ];

    public void AddPython()
    {
        _readers.Add(("Python, csv.reader alone", () => Children.PythonAsync(path, "parse"), []));
        _readers.Add(("Python, counts of texts", () => Children.PythonAsync(path, "counts"), []));
        _readers.Add(("Python, lists of floats", () => Children.PythonAsync(path, "lists"), []));
    }

    public async Task RunAsync()
    {
        for (var round = 0; round < rounds; round++)
            foreach (var (_, readAsync, readings) in _readers)
                readings.Add(await readAsync());
    }

    /// <summary>One line a reader. Ratios are of the same round, so that what else the machine did matters less; of all, the median.</summary>
    public IEnumerable<string> Report()
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        var ours = _readers[0].Readings;
        yield return $"{"reader",-34} {"MB/s",8} {"best",8} {"ours is",9} {"peak MB",8}";
        foreach (var (name, _, readings) in _readers)
            yield return string.Create(CultureInfo.InvariantCulture, $"{name,-34} {Median(readings.Select(Speed)),8:0.0} {readings.Max(Speed),8:0.0} ")
                + string.Create(CultureInfo.InvariantCulture, $"{Median(readings.Zip(ours, (other, our) => other.Elapsed / our.Elapsed)),8:0.0}x ")
                + string.Create(CultureInfo.InvariantCulture, $"{readings.Max(reading => reading.PeakKib) / 976.5625,8:0.0}");

        double Speed(Reading reading) => megabytes / reading.Elapsed.TotalSeconds;
    }

    public IEnumerable<string> Differences()
    {
        var expected = _readers[0].Readings[0].Numbers!;
        return from reader in _readers
               from reading in reader.Readings
               where reading.Numbers is not null
               from difference in reading.Numbers!.DifferencesFrom(expected)
               select $"{reader.Name}: {difference}";
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
