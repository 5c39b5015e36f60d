using System.Globalization;

namespace QuizAspire.Sheets;

/// <summary>
/// Makes a large sheet, the same one for the same seed: 25 quizzes, 1 to 12 scores a line of no, one or two decimals, now and
/// then a missing score, a quoted score, or a name that needs quotes. Nothing in it is wrong, so that all readers can be compared.
/// </summary>
internal sealed class SheetMaker(int lines, int seed)
{
    public const int Quizzes = 25;

    private const int MostScores = 12;
    private static readonly string[] Formats = ["0", "0", "0.#", "0.##", "0.00"];

    /// <summary>Each line's text without its end, its quiz, and its scores in hundredths; null for a missing one.</summary>
    public IEnumerable<(string Text, string Quiz, IReadOnlyList<int?> Scores)> Lines()
    {
        var random = new Lcg((ulong)seed);
        for (var line = 0; line < lines; line++)
        {
            var number = random.Next(Quizzes);
            var quiz = number == 0 ? "Rivers, lakes and seas" : $"Quiz {number}";
            var fields = new List<string> { number == 0 || random.Next(200) == 0 ? $"\"{quiz}\"" : quiz };
            var scores = new List<int?>();
            for (var count = 1 + random.Next(MostScores); count > 0; count--)
            {
                var score = Score(random, out var text);
                fields.Add(text);
                scores.Add(score);
            }

            yield return (string.Join(',', fields), quiz, scores);
        }
    }

    public async Task WriteAsync(string path)
    {
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        foreach (var (text, _, _) in Lines())
            await writer.WriteLineAsync(text);
    }

    private static int? Score(Lcg random, out string text)
    {
        if (random.Next(100) == 0)
        {
            text = "";
            return null;
        }

        // More scores in the upper half, as teachers hope.
        var hundredths = Math.Max(random.Next(10_001), random.Next(10_001));
        var format = Formats[random.Next(Formats.Length)];
        hundredths -= format switch { "0" => hundredths % 100, "0.#" => hundredths % 10, _ => 0 };
        text = (hundredths / 100m).ToString(format, CultureInfo.InvariantCulture);
        if (random.Next(500) == 0)
            text = $"\"{text}\"";
        return hundredths;
    }

    /// <summary>Knuth's MMIX generator: the same numbers with every version of .NET, which a seeded Random does not promise.</summary>
    private sealed class Lcg(ulong state)
    {
        private ulong _state = state;

        public int Next(int bound)
        {
            _state = _state * 6364136223846793005 + 1442695040888963407;
            return (int)((_state >> 33) % (ulong)bound);
        }
    }
}
