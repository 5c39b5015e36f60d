using System.Globalization;

namespace QuizAspire.Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions(string Questions)
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/QuizAspire.Load -- --questions FILE [options]
          --questions FILE          OpenTriviaQA file to build the quizzes from
          --api URL                 address of QuizAspire.Api (http://127.0.0.1:5080)
          --submissions N           how many students submit (1000)
          --connections N           how many at a time (16)
          --questions-per-quiz N    1 to 500 (50)
          --seed N                  of the students' answers (1)
          --deadline SECONDS        until every result must be there (300)
        Exit code: 0 when every accepted submission has exactly one right result, 1 when not, 2 when it could not be tried.
        """;

    public Uri Api { get; init; } = new("http://127.0.0.1:5080");

    public int Submissions { get; init; } = 1000;

    public int Connections { get; init; } = 16;

    public int QuestionsPerQuiz { get; init; } = 50;

    public int Seed { get; init; } = 1;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="FormatException">An option is unknown, missing or out of its range; the message says which.</exception>
    public static LoadOptions Parse(IReadOnlyList<string> arguments)
    {
        LoadOptions? options = null;
        var rest = new List<(string Name, string Value)>();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count)
                throw new FormatException($"{arguments[i]} has no value");
            if (arguments[i] == "--questions")
                options = new LoadOptions(arguments[i + 1]);
            else
                rest.Add((arguments[i], arguments[i + 1]));
        }

        return rest.Aggregate(options ?? throw new FormatException("--questions is missing"), (parsed, option) => option.Name switch
        {
            "--api" when Uri.TryCreate(option.Value, UriKind.Absolute, out var api) => parsed with { Api = api },
            "--submissions" => parsed with { Submissions = Number(option, 1, 1_000_000) },
            "--connections" => parsed with { Connections = Number(option, 1, 1_000) },
            "--questions-per-quiz" => parsed with { QuestionsPerQuiz = Number(option, 1, 500) },
            "--seed" => parsed with { Seed = Number(option, 0, int.MaxValue) },
            "--deadline" => parsed with { Deadline = TimeSpan.FromSeconds(Number(option, 1, 86_400)) },
            _ => throw new FormatException($"{option.Name} {option.Value} is not understood"),
        });
    }

    private static int Number((string Name, string Value) option, int least, int most) =>
        int.TryParse(option.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{option.Name} must be {least} to {most}, not {option.Value}");
}
