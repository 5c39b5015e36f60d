using System.Globalization;

namespace QuizAspire.Sheets;

/// <summary>The command line.</summary>
internal sealed record SheetsOptions
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/QuizAspire.Sheets -- [options]
          --lines N      of the sheet that is made (1000000)
          --seed N       of that sheet (1)
          --rounds N     how often every reader reads it, one after the other (5)
          --file FILE    a sheet to read instead; it must have nothing wrong on it
          --read FILE    reads that sheet once by this project's code alone, and prints seconds and peak memory
        Exit code: 0 when all readers agree on every number, 1 when not, 2 when it could not be tried.
        """;

    public int Lines { get; init; } = 1_000_000;

    public int Seed { get; init; } = 1;

    public int Rounds { get; init; } = 5;

    public string? File { get; init; }

    public string? Read { get; init; }

    /// <exception cref="FormatException">An option is unknown, without value or out of its range; the message says which.</exception>
    public static SheetsOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SheetsOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
                throw new FormatException($"{arguments[i]} has no value");
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--lines" => options with { Lines = Number(arguments[i], value, 1, 100_000_000) },
                "--seed" => options with { Seed = Number(arguments[i], value, 0, int.MaxValue) },
                "--rounds" => options with { Rounds = Number(arguments[i], value, 1, 1_000) },
                "--file" => options with { File = value },
                "--read" => options with { Read = value },
                _ => throw new FormatException($"{arguments[i]} {value} is not understood"),
            };
        }

        return options;
    }

    private static int Number(string option, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{option} must be {least} to {most}, not {value}");
}
