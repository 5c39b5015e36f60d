using System.Runtime.CompilerServices;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>
/// The short way for a line as most are: the name of a quiz that is known, plain scores or none between the commas, with quotes around
/// them or not. It takes such a line exactly as <see cref="RecordScanner"/> and <see cref="FieldCursor"/> would, and leaves every other
/// one to them.
/// </summary>
internal static class PlainLine
{
    // A name has 200 characters at most, and a character four bytes; two quotes and a comma.
    private const int LongestName = 4 * SheetLimits.NameLength + 3;

    /// <returns>How many bytes the line has with its end; 0 when it is none of the plain ones, or its end is not among the bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> bytes, QuizIndex quizzes, LineScores scores, int lineBytes, out ScoreTally? quiz)
    {
        var at = FindQuiz(bytes, quizzes, out quiz);
        if (at == 0)
            return 0;

        scores.Clear();
        while (at + PlainScore.Window + 1 < bytes.Length && bytes[at] == (byte)',')
        {
            var length = PlainScore.Read(bytes.Slice(at + 1, PlainScore.Window), out var hundredths);
            if (length == 0 && bytes[at + 1] == (byte)'"')
                length = QuotedScore(bytes[(at + 1)..], out hundredths);
            at += 1 + length;
            if (!EndsField(bytes[at]))
                return 0;
            if (length > 0)
                scores.AddHundredths(hundredths);
            else
                scores.AddMissing();
        }

        var end = at;
        if (bytes[at] == (byte)'\r')
            at++;
        return at < bytes.Length && bytes[at] == (byte)'\n' && end <= lineBytes ? at + 1 : 0;
    }

    /// <returns>Where the comma after the name is.</returns>
    private static int FindQuiz(ReadOnlySpan<byte> bytes, QuizIndex quizzes, out ScoreTally? quiz)
    {
        quiz = null;
        var start = bytes is [(byte)'"', ..] ? 1 : 0;
        var rest = bytes[start..Math.Min(bytes.Length, LongestName)];
        // A known name without these in it is known as it stands; one with a line break is never known.
        var length = start == 1 ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)',', (byte)'"', (byte)'\n');
        if (length < 0 || !quizzes.TryFind(rest[..length], out quiz))
            return 0;
        var end = length + 2 * start;
        return end < bytes.Length && bytes[end] == (byte)',' ? end : 0;
    }

    /// <returns>The score's length with its quotes; 0 when it is not plain.</returns>
    private static int QuotedScore(ReadOnlySpan<byte> bytes, out int hundredths)
    {
        hundredths = 0;
        if (bytes.Length < PlainScore.Window + 2)
            return 0;
        var length = PlainScore.Read(bytes.Slice(1, PlainScore.Window), out hundredths);
        return length > 0 && bytes[length + 1] == (byte)'"' ? length + 2 : 0;
    }

    private static bool EndsField(byte value) => value is (byte)',' or (byte)'\n' or (byte)'\r';
}
