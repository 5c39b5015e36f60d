using System.Buffers;
using System.Text;

namespace QuizAspire.Load.Questions;

internal static class LenientUtf8
{
    /// <summary>Decodes UTF-8, a byte that is none as U+FFFD, and counts those bytes.</summary>
    public static (string Text, int InvalidBytes) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes["\uFEFF"u8.Length..];

        var text = new StringBuilder(bytes.Length);
        var invalid = 0;
        Span<char> chars = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) != OperationStatus.Done)
                invalid += consumed;
            text.Append(chars[..rune.EncodeToUtf16(chars)]);
            bytes = bytes[consumed..];
        }

        return (text.ToString(), invalid);
    }
}
