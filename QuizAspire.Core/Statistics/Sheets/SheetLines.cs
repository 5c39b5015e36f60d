using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Takes the lines of a sheet out of its bytes, and each to the tally: counted or rejected.</summary>
internal sealed class SheetLines(SheetTally tally, SheetReaderOptions options)
{
    private readonly LineScores _scores = new();
    private long _line = 1;
    private bool _skipsRest;

    /// <param name="last">Nothing comes after these bytes.</param>
    /// <returns>How many bytes are done with. The rest is the beginning of a line whose end is not among them.</returns>
    // Like the other loops over each line or score: most sheets are read before tiered compilation would come to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(ReadOnlySpan<byte> block, bool last)
    {
        var at = 0;
        while (at < block.Length && tally.Failure is null)
        {
            var used = _skipsRest ? SkipPhysicalLine(block[at..]) : ReadPlain(block[at..]);
            if (used == 0)
                used = ReadAny(block[at..], last);
            if (used == 0)
                break;
            at += used;
        }

        return at;
    }

    private int ReadPlain(ReadOnlySpan<byte> bytes)
    {
        if (!options.PlainLines)
            return 0;
        var length = PlainLine.Read(bytes, tally.Quizzes, _scores, options.LineBytes, out var quiz);
        if (length == 0)
            return 0;
        tally.Count(quiz!, _scores);
        _line++;
        return length;
    }

    private int ReadAny(ReadOnlySpan<byte> bytes, bool last)
    {
        var record = RecordScanner.Scan(bytes, last, options.LineBytes);
        if (record.IsWhole)
        {
            Take(bytes[..record.Length]);
            _line += bytes[..record.Next].Count((byte)'\n');
            return record.Next;
        }

        if (record.Problem is not { } problem)
            return 0;
        tally.Reject(_line, problem);
        return SkipPhysicalLine(bytes);
    }

    /// <summary>
    /// Where quotes are wrong, reading goes on after one line break. That reads no byte often: a line that leaves a quote open has an
    /// odd number of quotes, the next one of that kind ends the attempt, and each line between them has its own end.
    /// </summary>
    private int SkipPhysicalLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        _skipsRest = end < 0;
        if (_skipsRest)
            return bytes.Length;
        _line++;
        return end + 1;
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        if (CsvText.Trim(record).IsEmpty)
            return;
        if (tally.IsFirstLine && SheetHeader.IsHeader(record))
        {
            tally.AddHeader();
            return;
        }

        var fields = new FieldCursor(record);
        fields.MoveNext();
        var quiz = QuizName.Of(fields.Text, fields.IsQuoted);
        if ((ProblemOf(quiz) ?? ReadScores(ref fields)) is { } problem)
            tally.Reject(_line, problem);
        else
            tally.Count(quiz, _scores);
    }

    private string? ProblemOf(ReadOnlySpan<byte> quiz) =>
        tally.Quizzes.TryFind(quiz, out _) || QuizName.ProblemOf(quiz) is not { } problem ? null : $"field 1: {problem}";

    /// <returns>What is wrong with the first bad one.</returns>
    private string? ReadScores(ref FieldCursor fields)
    {
        _scores.Clear();
        while (fields.MoveNext())
            switch (ScoreText.Read(fields.Text, out var millionths))
            {
                case ScoreKind.Score:
                    _scores.AddMillionths(millionths);
                    break;
                case ScoreKind.Missing:
                    _scores.AddMissing();
                    break;
                case ScoreKind.OutOfRange:
                    return $"field {fields.Number}: not from 0 to 100";
                default:
                    return $"field {fields.Number}: {(Utf8.IsValid(fields.Text) ? "not a number" : "not UTF-8")}";
            }

        return fields.Number == 1 ? "no scores: nothing follows the quiz's name, or not after a comma" : null;
    }
}
