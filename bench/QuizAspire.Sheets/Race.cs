using System.Globalization;

namespace QuizAspire.Sheets;

/// <summary>Lets every reader read the same file, round after round, and tells how fast each was and whether all agree.</summary>
internal sealed class Race(string path, int rounds)
{
    private const int Warmups = 3;

    private readonly List<(string Name, Func<Task<Reading>> ReadAsync, List<Reading> Readings)> _readers =
    [
        ("QuizAspire", () => Readers.QuizAspireAsync(path), []),
        ("QuizAspire, new process", () => Children.QuizAspireAsync(path), []),
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
        // What just-in-time compilation costs is in the row of the new process, and in Python's there is none.
        for (var warmup = 0; warmup < Warmups; warmup++)
        {
            await Readers.QuizAspireAsync(path);
            await Readers.CsvHelperAsync(path);
        }

        for (var round = 0; round < rounds; round++)
            foreach (var (_, readAsync, readings) in _readers)
                readings.Add(await readAsync());
    }

    /// <summary>
    /// One line a reader: medians of speed by the clock and by the processor, how many times ours is as fast (in the same round, by the
    /// processor), and the highest peak of memory.
    /// </summary>
    public IEnumerable<string> Report()
    {
        var megabytes = new FileInfo(path).Length / 1e6;
        var ours = _readers[0].Readings;
        yield return $"{"reader",-32} {"MB/s",7} {"MB/CPU s",9} {"ours is",8} {"peak MB",8}";
        foreach (var (name, _, readings) in _readers)
        {
            var speed = Median(readings.Select(reading => megabytes / reading.Elapsed.TotalSeconds));
            var work = Median(readings.Select(reading => megabytes / reading.Processor.TotalSeconds));
            var ratio = Median(readings.Zip(ours, (other, our) => other.Processor / our.Processor));
            var peak = readings.Max(reading => reading.PeakKib) * 1024 / 1e6;
            yield return string.Create(CultureInfo.InvariantCulture, $"{name,-32} {speed,7:0.0} {work,9:0.0} {ratio,7:0.0}x {peak,8:0.0}");
        }
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
