using System.Runtime.InteropServices;
using System.Text.Json;

namespace QuizAspire.Api.Submissions;

/// <summary>
/// Which JSON values can be an answer. A value that the results table would refuse must be refused here, while there is still
/// somebody to tell. Each check returns what is wrong, or null.
/// </summary>
internal static class AnswerValues
{
    private const int MaxNumber = 128;

    /// <summary>Strings must be Unicode: an escaped half of a surrogate pair is JSON, and yet no text.</summary>
    public static string? FindMalformed(JsonElement value) => Find(value, static leaf =>
        leaf.ValueKind == JsonValueKind.String && !IsText(leaf) ? "has an escape that is not a character (half of a surrogate pair)" : null);

    /// <summary>Members of an object need a name in DynamoDB; digits without end are nobody's answer, and cost much to compare.</summary>
    public static string? FindUnstorable(JsonElement value) => Find(value, static leaf => leaf.ValueKind switch
    {
        JsonValueKind.Number when JsonMarshal.GetRawUtf8Value(leaf).Length > MaxNumber => $"is a number of more than {MaxNumber} characters",
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
}
