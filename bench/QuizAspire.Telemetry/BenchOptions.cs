using System.Globalization;

namespace QuizAspire.TelemetryBench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/QuizAspire.Telemetry -- [options]
          --what api|function|exports|faults|cold|memory   one part alone (all but memory)
          --starts N             how often each process is started and measured (8)
          --rounds N             rounds that count of each start (80)
          --warmups N            rounds before them (80)
          --submissions N        of each target in each round, a multiple of 10 (200)
          --protocol http|grpc   of the exporters (http)
          --also NAME=VALUE,...  also measures with those variables, all else as when all is sampled
          --before FOLDER        also measures the builds of another checkout of this repository, without telemetry
        Exit code: 0 when it could be measured, 1 when a submission failed or was lost, 2 when it could not be tried.
        """;

    public string? What { get; init; }

    public int Starts { get; init; } = 8;

    public int Rounds { get; init; } = 80;

    public int Warmups { get; init; } = 80;

    public int Submissions { get; init; } = 200;

    public bool Grpc { get; init; }

    public string? Before { get; init; }

    public IReadOnlyList<string> Also { get; init; } = [];

    public bool Wants(string part) => What == part || (What is null && part != "memory");

    /// <exception cref="FormatException">An option is unknown, without value or out of its range; the message says which.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
                throw new FormatException($"{arguments[i]} has no value");
            var (name, value) = (arguments[i], arguments[i + 1]);
            options = (name, value) switch
            {
                ("--what", "api" or "function" or "exports" or "faults" or "cold" or "memory") => options with { What = value },
                ("--starts", _) => options with { Starts = Number(name, value, 1) },
                ("--rounds", _) => options with { Rounds = Number(name, value, 1) },
                ("--warmups", _) => options with { Warmups = Number(name, value, 0) },
                ("--submissions", _) => options with { Submissions = Number(name, value, 1) / Load.BatchSize * Load.BatchSize },
                ("--protocol", "http" or "grpc") => options with { Grpc = value == "grpc" },
                ("--also", _) => options with { Also = [.. options.Also, value] },
                ("--before", _) => options with { Before = value },
                _ => throw new FormatException($"{name} {value} is not understood"),
            };
        }

        return options;
    }

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 1_000_000
            ? number
            : throw new FormatException($"{option} must be {least} to 1000000, not {value}");
}
