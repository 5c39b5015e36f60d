using System.Text.Unicode;

namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Takes the lines of a sheet out of its bytes, and each to the tally: counted or rejected.</summary>
internal sealed class SheetLines(SheetTally tally, SheetReaderOptions options)
{
    private readonly StagedScores _staged = new();
    private long _line = 1;
    private bool _skipsRest;

    /// <param name="last">Nothing comes after these bytes.</param>
    /// <returns>How many bytes are done with. The rest is the beginning of a line whose end is not among them.</returns>
    public int Read(ReadOnlySpan<byte> block, bool last)
    {
        var at = 0;
        while (at < block.Length && tally.Failure is null)
        {
            if (_skipsRest)
            {
                at += PhysicalLine(block[at..]);
                continue;
            }

            var record = RecordScanner.Scan(block[at..], last, options.LineBytes);
            if (record.IsWhole)
            {
                Take(block.Slice(at, record.Length));
                _line += block.Slice(at, record.Next).Count((byte)'\n');
                at += record.Next;
            }
            else if (record.Problem is { } problem)
            {
                tally.Reject(_line, problem);
                at += PhysicalLine(block[at..]);
            }
            else
                break;
        }

        return at;
    }

    /// <summary>Passes one line break, or all there is and goes on in the next block.</summary>
    private int PhysicalLine(ReadOnlySpan<byte> bytes)
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
            tally.Header();
        else if (Stage(record, out var quiz) is { } problem)
            tally.Reject(_line, problem);
        else
            tally.Count(quiz!, _staged);
    }

    private string? Stage(ReadOnlySpan<byte> record, out string? quiz)
    {
        _staged.Clear();
        var fields = new FieldCursor(record);
        fields.MoveNext();
        quiz = QuizName.Read(fields.Text, fields.IsQuoted, out var problem);
        if (problem is not null)
            return $"field 1: {problem}";
        while (fields.MoveNext())
            switch (ScoreText.Read(fields.Text, out var millionths))
            {
                case ScoreKind.Score:
                    _staged.Add(millionths);
                    break;
                case ScoreKind.Missing:
                    _staged.AddMissing();
                    break;
                case ScoreKind.OutOfRange:
                    return $"field {fields.Number}: not from 0 to 100";
                default:
                    return $"field {fields.Number}: {(Utf8.IsValid(fields.Text) ? "not a number" : "not UTF-8")}";
            }

        return fields.Number == 1 ? "no scores: nothing follows the quiz's name, or not after a comma" : null;
    }
}
