using System.Text.Unicode;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// A header is a first line that has score fields of which none looks like a number, not even a wrong one ("85%"), and not all are empty.
/// </summary>
internal static class SheetHeader
{
    public static bool IsHeader(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record))
            return false;
        var fields = new FieldCursor(record);
        fields.MoveNext();
        var hasText = false;
        while (fields.MoveNext())
        {
            if (fields.Text is [(>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.', ..])
                return false;
            hasText |= !fields.Text.IsEmpty;
        }

        return hasText;
    }
}
