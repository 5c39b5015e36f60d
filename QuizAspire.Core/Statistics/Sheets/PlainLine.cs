using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// The short way for a line as most are: the name of a quiz that is known, and scores of plain digits, nothing quoted. It takes such
/// a line exactly as <see cref="RecordScanner"/> and <see cref="FieldCursor"/> would, and leaves every other one to them.
/// </summary>
internal static class PlainLine
{
    // A name has 200 characters at most, and a character four bytes.
    private const int LongestName = 4 * SheetLimits.NameLength;

    private static ReadOnlySpan<int> MillionthsOfDecimals => [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <returns>How many bytes the line has with its end; 0 when it is none of the plain ones, or its end is not among the bytes.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, QuizIndex quizzes, LineScores scores, int lineBytes, out ScoreTally? quiz)
    {
        quiz = null;
        var at = bytes[..Math.Min(bytes.Length, LongestName + 1)].IndexOfAny((byte)',', (byte)'"', (byte)'\n');
        if (at < 0 || bytes[at] != (byte)',' || !quizzes.TryFind(bytes[..at], out quiz))
            return 0;

        scores.Clear();
        while (bytes[at] == (byte)',')
            if (!ReadScore(bytes, ref at, scores))
                return 0;
        var length = at;
        if (bytes[at] == (byte)'\r' && ++at == bytes.Length)
            return 0;
        return bytes[at] == (byte)'\n' && length <= lineBytes ? at + 1 : 0;
    }

    /// <param name="at">From the comma before the score to what follows it.</param>
    private static bool ReadScore(ReadOnlySpan<byte> bytes, ref int at, LineScores scores)
    {
        const int WholeDigits = 3;
        var start = at + 1;
        var value = 0;
        var end = Digits(bytes, start, ref value);
        if (end == bytes.Length || end - start > WholeDigits)
            return false;
        var decimals = 0;
        if (bytes[end] == (byte)'.' && end > start)
        {
            var point = end;
            end = Digits(bytes, point + 1, ref value);
            decimals = end - point - 1;
            if (end == bytes.Length || decimals >= MillionthsOfDecimals.Length)
                return false;
        }

        at = end;
        if (end == start)
            scores.AddMissing();
        else if (value * MillionthsOfDecimals[decimals] is var millionths and <= 100_000_000)
            scores.Add(millionths);
        else
            return false;
        return true;
    }

    private static int Digits(ReadOnlySpan<byte> bytes, int at, ref int value)
    {
        for (; at < bytes.Length && (uint)(bytes[at] - '0') is var digit and <= 9; at++)
            value = value * 10 + (int)digit;
        return at;
    }
}
