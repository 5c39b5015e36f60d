namespace QuizAspire.Core.Statistics.Sheets;

/// <summary>Goes through the fields of a line that <see cref="RecordScanner"/> found whole.</summary>
internal ref struct FieldCursor(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;
    private bool _ended;

    /// <summary>The field's number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Without blanks around it, and without its quotes.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    public bool IsQuoted { get; private set; }

    public bool MoveNext()
    {
        if (_ended)
            return false;
        Number++;
        _rest = _rest[CsvText.BlanksAt(_rest)..];
        IsQuoted = _rest is [(byte)'"', ..];
        var quoted = IsQuoted ? CsvText.QuotedLength(_rest) : 0;
        var comma = _rest[quoted..].IndexOf((byte)',');
        var end = comma < 0 ? _rest.Length : quoted + comma;
        Text = IsQuoted ? CsvText.Trim(_rest[1..(quoted - 1)]) : CsvText.Trim(_rest[..end]);
        _ended = comma < 0;
        _rest = _ended ? default : _rest[(end + 1)..];
        return true;
    }
}
