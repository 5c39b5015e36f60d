using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace QuizAspire.Tests.Statistics.Sheets;

/// <summary>
/// Reads a sheet the naive way: all of it in memory, character by character, numbers as decimals in lists. Shares no code with
/// what it checks.
/// </summary>
internal sealed partial class SheetOracle
{
    private readonly string _text;
    private readonly int _lineBytes;

    /// <param name="lineBytes">The longest line.</param>
    public SheetOracle(byte[] sheet, int lineBytes)
    {
        // One character for each byte.
        _text = Encoding.Latin1.GetString(sheet is [0xEF, 0xBB, 0xBF, .. var rest] ? rest : sheet);
        _lineBytes = lineBytes;
        Foreign = sheet.Contains((byte)0) || sheet is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'P', (byte)'K', 3, 4, ..];
        if (!Foreign)
            Read();
    }

    public bool Foreign { get; }

    public long Counted { get; private set; }

    public List<long> Rejected { get; } = [];

    public bool HasHeader { get; private set; }

    public long Missing { get; private set; }

    public List<string> Order { get; } = [];

    public Dictionary<string, List<decimal>> Scores { get; } = [];

    private void Read()
    {
        var line = 1;
        var isFirst = true;
        for (var at = 0; at < _text.Length;)
        {
            var fields = new List<string>();
            var next = Split(at, fields);
            var end = next ?? (_text.IndexOf('\n', at) is >= 0 and var lineBreak ? lineBreak + 1 : _text.Length);
            var isBlank = next is not null && LineEnd().Replace(_text[at..end], "").All(character => character is ' ' or '\t');
            if (next is null || (!isBlank && !Take(fields, isFirst)))
                Rejected.Add(line);
            isFirst &= isBlank;
            line += _text[at..end].Count(character => character == '\n');
            at = end;
        }
    }

    /// <returns>Where the next line begins; null when the quotes are wrong or the line is too long.</returns>
    private int? Split(int from, List<string> fields)
    {
        var field = new StringBuilder();
        var (isOpen, wasQuoted, isEmpty) = (false, false, true);
        for (var at = from; ; at++)
        {
            var isEnd = at == _text.Length || (_text[at] == '\n' && !isOpen);
            var length = at - from - (at > from && _text[at - 1] == '\r' ? 1 : 0);
            if (isEnd ? length > _lineBytes || isOpen : at - from >= _lineBytes + 2)
                return null;
            if (isEnd || (_text[at] == ',' && !isOpen))
            {
                var text = field.ToString();
                if (isEnd && at > from && _text[at - 1] == '\r')
                    text = text[..^1];
                fields.Add(text);
                if (isEnd)
                    return Math.Min(at + 1, _text.Length);
                field.Clear();
                (wasQuoted, isEmpty) = (false, true);
            }
            else if (isOpen && _text[at] == '"')
            {
                if (at + 1 < _text.Length && _text[at + 1] == '"')
                    field.Append(_text[at++]);
                else
                    isOpen = false;
            }
            else if (isOpen)
                field.Append(_text[at]);
            else if (_text[at] == '"')
            {
                if (!isEmpty || wasQuoted)
                    return null;
                (isOpen, wasQuoted) = (true, true);
            }
            else if (_text[at] is ' ' or '\t')
                field.Append(_text[at]);
            else if (wasQuoted && !(_text[at] == '\r' && (at + 1 == _text.Length || _text[at + 1] == '\n')))
                return null;
            else
            {
                field.Append(_text[at]);
                isEmpty = false;
            }
        }
    }

    private bool Take(List<string> fields, bool isFirst)
    {
        if (isFirst && fields.Skip(1).Any(field => field.Trim(' ', '\t').Length > 0) && fields.TrueForAll(IsUtf8)
            && !fields.Skip(1).Any(field => LooksLikeNumber().IsMatch(field)))
            return HasHeader = true;

        var name = fields[0].Replace("\r\n", " ", StringComparison.Ordinal).Replace('\n', ' ').Trim(' ', '\t');
        if (!IsUtf8(name) || fields.Count == 1)
            return false;
        name = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(name));
        if (name.EnumerateRunes().Count() is 0 or > 200 || name.Any(char.IsControl))
            return false;

        var scores = new List<decimal>();
        var missing = 0;
        foreach (var text in fields.Skip(1).Select(field => field.Trim(' ', '\t')))
            if (text.Length == 0)
                missing++;
            else if (Number().IsMatch(text) && decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is >= 0 and <= 100 and var score)
                scores.Add(Math.Round(score, 6, MidpointRounding.ToEven));
            else
                return false;

        Counted++;
        Missing += missing;
        if (!Scores.TryGetValue(name, out var all))
        {
            Order.Add(name);
            Scores.Add(name, all = []);
        }

        all.AddRange(scores);
        return true;
    }

    private static bool IsUtf8(string latin1)
    {
        try
        {
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(latin1));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\r?\n?\z")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"^[ \t]*[0-9+.-]")]
    private static partial Regex LooksLikeNumber();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)\z")]
    private static partial Regex Number();
}
