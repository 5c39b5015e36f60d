using System.Text;
using System.Text.Unicode;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>A quiz's name as a sheet writes it: 1 to 200 characters without control characters, of which line breaks become spaces.</summary>
internal static class QuizName
{
    /// <summary>The name in UTF-8, copied only where the field does not hold it as it is.</summary>
    /// <param name="field">Of which the quotes around it are taken off already.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> field, bool isQuoted)
    {
        if (!isQuoted || !field.ContainsAny((byte)'"', (byte)'\n'))
            return field;
        var name = new List<byte>(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            var isWindowsBreak = field[i] == (byte)'\r' && i + 1 < field.Length && field[i + 1] == (byte)'\n';
            name.Add(isWindowsBreak || field[i] == (byte)'\n' ? (byte)' ' : field[i]);
            if (isWindowsBreak || field[i] == (byte)'"')
                i++;
        }

        return CsvText.Trim(name.ToArray());
    }

    /// <returns>Null when it may name a quiz.</returns>
    public static string? ProblemOf(ReadOnlySpan<byte> name)
    {
        if (!Utf8.IsValid(name))
            return "not UTF-8";
        var length = 0;
        for (var rest = name; !rest.IsEmpty; length++)
        {
            Rune.DecodeFromUtf8(rest, out var character, out var bytes);
            if (Rune.IsControl(character))
                return "a control character in the quiz's name";
            rest = rest[bytes..];
        }

        return length switch
        {
            0 => "no name of a quiz",
            > SheetLimits.NameLength => $"the quiz's name is longer than {SheetLimits.NameLength} characters",
            _ => null,
        };
    }
}
