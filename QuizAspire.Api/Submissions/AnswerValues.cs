using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// Which JSON values can be an answer. A value that the results table would refuse must be refused here, while there is still
/// somebody to tell. Each check returns what is wrong, or null.
/// </summary>
internal static class AnswerValues
{
    /// <summary>Strings must be Unicode: an escaped half of a surrogate pair is JSON, and yet no text.</summary>
    public static string? FindMalformed(JsonElement value) => Find(value, static leaf =>
        leaf.ValueKind == JsonValueKind.String && !IsText(leaf) ? "has an escape that is not a character (half of a surrogate pair)" : null);

    /// <summary>Members of an object need a name, and numbers must be DynamoDB's: 38 digits, 1e-130 to 9.99e125.</summary>
    public static string? FindUnstorable(JsonElement value) => Find(value, static leaf => leaf.ValueKind switch
    {
        JsonValueKind.Number when !IsStorable(JsonMarshal.GetRawUtf8Value(leaf)) => "is a number of more than 38 digits, or not within 1e-130 to 9.99e125",
        JsonValueKind.Object when leaf.EnumerateObject().Any(member => member.Name.Length == 0) => "has a member without a name",
        _ => null,
    });

    private static string? Find(JsonElement value, Func<JsonElement, string?> fault)
    {
        if (fault(value) is { } found)
            return found;
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (Find(member.Value, fault) is { } inner)
                    return inner;
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (Find(item, fault) is { } inner)
                    return inner;
            }
        }
        return null;
    }

    // The body is valid UTF-8 by now, so only an escape can be wrong.
    private static bool IsText(JsonElement value)
    {
        if (JsonMarshal.GetRawUtf8Value(value).IndexOf("\\u"u8) < 0)
            return true;
        try
        {
            value.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <param name="number">As JSON spells it.</param>
    internal static bool IsStorable(ReadOnlySpan<byte> number)
    {
        const int maxDigits = 38;
        var exponent = 0;
        var e = number.IndexOfAny((byte)'e', (byte)'E');
        if (e < 0 && number.Length <= maxDigits)
            return true;
        if (e >= 0)
        {
            var written = number[(e + 1)..];
            if (written[0] == '+')
                written = written[1..];
            // An exponent that no int holds is refused, even of a zero.
            if (!Utf8Parser.TryParse(written, out exponent, out var length) || length != written.Length || Math.Abs((long)exponent) > 1_000_000)
                return false;
            number = number[..e];
        }

        // Position and count of the significant digits; leading and trailing zeros only move the exponent.
        var (first, last, position, point) = (-1, -1, 0, -1);
        foreach (var character in number)
        {
            if (character == '.')
                point = position;
            else if (character != '-')
            {
                if (character != '0')
                    (first, last) = (first < 0 ? position : first, position);
                position++;
            }
        }
        if (first < 0)
            return true; // zero
        var magnitude = (point < 0 ? position : point) - 1 - first + exponent;
        return last - first < maxDigits && magnitude is >= -130 and <= 125;
    }
}
