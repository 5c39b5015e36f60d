using System.Text;
using System.Text.Unicode;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>A quiz's name as a sheet writes it: 1 to 200 characters without control characters, of which line breaks become spaces.</summary>
internal static class QuizName
{
    /// <returns>The name, or null with the problem.</returns>
    public static string? Read(ReadOnlySpan<byte> field, bool isQuoted, out string? problem)
    {
        problem = null;
        if (!Utf8.IsValid(field))
        {
            problem = "not UTF-8";
            return null;
        }

        var name = Encoding.UTF8.GetString(field);
        if (isQuoted)
            name = name.Replace("\"\"", "\"", StringComparison.Ordinal)
                .Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Trim(' ', '\t');
        problem = ProblemOf(name);
        return problem is null ? name : null;
    }

    private static string? ProblemOf(string name)
    {
        var length = 0;
        foreach (var character in name.EnumerateRunes())
        {
            if (Rune.IsControl(character))
                return "a control character in the quiz's name";
            length++;
        }

        return length switch
        {
            0 => "no name of a quiz",
            > SheetLimits.NameLength => $"the quiz's name is longer than {SheetLimits.NameLength} characters",
            _ => null,
        };
    }
}
