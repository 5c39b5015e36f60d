namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Finds the end of a line, which is not always the next line break: quoted fields may hold some.</summary>
internal static class RecordScanner
{
    /// <param name="bytes">From the line's beginning on.</param>
    /// <param name="last">Nothing comes after these bytes.</param>
    public static ScannedRecord Scan(ReadOnlySpan<byte> bytes, bool last, int lineBytes)
    {
        // Nothing past the longest line and its end is looked at, so that the outcome does not follow from what the buffer holds.
        var isWindow = bytes.Length >= lineBytes + 2;
        if (isWindow)
            bytes = bytes[..(lineBytes + 2)];
        var at = 0;
        for (var field = 1; ; field++)
        {
            at += CsvText.BlanksAt(bytes[at..]);
            if (at < bytes.Length && bytes[at] == (byte)'"')
            {
                var length = CsvText.QuotedLength(bytes[at..]);
                // A quote in the last place may be the first half of an escaped one.
                if (length < 0 || (at + length == bytes.Length && !last && !isWindow))
                    return isWindow ? ScannedRecord.Broken($"field {field}: the quote is not closed within 1 MiB")
                        : last ? ScannedRecord.Broken($"field {field}: the quote is not closed")
                        : ScannedRecord.Incomplete;
                at += length;
                at += CsvText.BlanksAt(bytes[at..]);
                if (at < bytes.Length && !CsvText.EndsField(bytes[at..]) && !(at + 1 == bytes.Length && bytes[at] == (byte)'\r' && !last))
                    return ScannedRecord.Broken($"field {field}: text after the closing quote");
            }

            var next = bytes[at..].IndexOfAny((byte)',', (byte)'\n', (byte)'"');
            if (next < 0)
                return isWindow ? ScannedRecord.Broken("longer than 1 MiB")
                    : last ? Ended(bytes, bytes.Length, bytes.Length, lineBytes)
                    : ScannedRecord.Incomplete;
            at += next;
            if (bytes[at] == (byte)'"')
                return ScannedRecord.Broken($"field {field}: a quote in a field that does not begin with one");
            if (bytes[at] == (byte)'\n')
                return Ended(bytes, at, at + 1, lineBytes);
            at++;
        }
    }

    private static ScannedRecord Ended(ReadOnlySpan<byte> bytes, int end, int next, int lineBytes)
    {
        if (end > 0 && bytes[end - 1] == (byte)'\r')
            end--;
        return end > lineBytes ? ScannedRecord.Broken("longer than 1 MiB") : ScannedRecord.Whole(end, next);
    }
}
