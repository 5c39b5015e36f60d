using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace QuizAspire.Sheets;

/// <summary>The readers that need a process of their own: Python's, and ours where its memory is measured.</summary>
internal static class Children
{
    private const string PythonProgram = "python3";

    /// <param name="way">As the script names it: parse, lists or counts.</param>
    public static async Task<Reading> PythonAsync(string path, string way)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "sheet_statistics.py");
        using var answer = JsonDocument.Parse(await RunAsync(PythonProgram, script, path, way));
        var root = answer.RootElement;
        var numbers = root.GetProperty("quizzes").ValueKind == JsonValueKind.Null ? null : new SheetNumbers(
            root.GetProperty("missing").GetInt64(),
            root.GetProperty("quizzes").EnumerateObject().ToDictionary(quiz => quiz.Name, quiz => QuizNumbers.Of(quiz.Value)));
        return new Reading(Seconds("seconds"), Seconds("processor_seconds"),
            root.GetProperty("peak_kib") is { ValueKind: JsonValueKind.Number } peak ? peak.GetInt64() : null, numbers);

        TimeSpan Seconds(string name) => TimeSpan.FromSeconds(root.GetProperty(name).GetDouble());
    }

    /// <returns>Null where there is none.</returns>
    public static async Task<string?> PythonVersionAsync()
    {
        try
        {
            return (await RunAsync(PythonProgram, "--version")).Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Just-in-time compilation is part of what it takes.</summary>
    public static async Task<Reading> QuizAspireAsync(string path)
    {
        var answer = await RunAsync(Environment.ProcessPath!, "--read", path);
        var parts = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new Reading(Seconds(parts[0]), Seconds(parts[1]), parts.Length > 2 ? long.Parse(parts[2], CultureInfo.InvariantCulture) : null, null);

        static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
    }

    /// <summary>What such a child does and prints: seconds by the clock and by the processor, and its peak in KiB where Linux tells.</summary>
    public static async Task ReadAsync(string path)
    {
        var timing = new Timing();
        var outcome = await Readers.ReadAsync(path);
        var (elapsed, processor) = (timing.Elapsed.TotalSeconds, timing.Processor.TotalSeconds);
        if (outcome.Failure is { } failure)
            throw new InvalidDataException(failure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed:0.000000} {processor:0.000000} {PeakKib()}"));
    }

    private static string? PeakKib() => File.Exists("/proc/self/status")
        ? File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]
        : null;

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidDataException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
