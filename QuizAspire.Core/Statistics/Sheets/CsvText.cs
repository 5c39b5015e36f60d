namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>The small print of CSV: blanks (spaces and tabs), quotes, what ends a field.</summary>
internal static class CsvText
{
    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    public static int BlanksAt(ReadOnlySpan<byte> bytes)
    {
        var other = bytes.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return other < 0 ? bytes.Length : other;
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field.Trim(Blanks);

    /// <summary>Whether a field may end where these bytes begin.</summary>
    public static bool EndsField(ReadOnlySpan<byte> bytes) =>
        bytes is [] or [(byte)',' or (byte)'\n', ..] or [(byte)'\r', (byte)'\n', ..] or [(byte)'\r'];

    /// <summary>Length of the quoted text that the bytes begin with, both quotes included; -1 when it is not closed.</summary>
    public static int QuotedLength(ReadOnlySpan<byte> bytes)
    {
        for (var at = 1; ; at += 2)
        {
            var quote = bytes[at..].IndexOf((byte)'"');
            if (quote < 0)
                return -1;
            at += quote;
            if (at + 1 == bytes.Length || bytes[at + 1] != (byte)'"')
                return at + 1;
        }
    }
}
