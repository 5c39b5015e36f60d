using System.Text.Json;

namespace QuizAspire.Core.Scoring;

/// <summary>
/// Equality of JSON values as Python compares what <c>json.loads</c> returns, which is how the seed compares answers:
/// numbers by value whatever their spelling, <c>true</c> is 1 and <c>false</c> is 0, objects without order, arrays in order.
/// </summary>
public static class JsonEquality
{
    public static bool AreEqual(JsonElement left, JsonElement right)
    {
        if (PythonNumber.TryFrom(left, out var leftNumber))
            return PythonNumber.TryFrom(right, out var rightNumber) && leftNumber.IsEqualTo(rightNumber);
        if (left.ValueKind != right.ValueKind)
            return false;

        return left.ValueKind switch
        {
            JsonValueKind.String => left.ValueEquals(right.GetString()),
            JsonValueKind.Array => AreEqualArrays(left, right),
            JsonValueKind.Object => AreEqualObjects(left, right),
            _ => true,
        };
    }

    private static bool AreEqualArrays(JsonElement left, JsonElement right)
    {
        if (left.GetArrayLength() != right.GetArrayLength())
            return false;

        using var rightItems = right.EnumerateArray();
        foreach (var leftItem in left.EnumerateArray())
        {
            rightItems.MoveNext();
            if (!AreEqual(leftItem, rightItems.Current))
                return false;
        }

        return true;
    }

    private static bool AreEqualObjects(JsonElement left, JsonElement right)
    {
        var leftMembers = LastOfEachName(left);
        var rightMembers = LastOfEachName(right);
        if (leftMembers.Count != rightMembers.Count)
            return false;

        foreach (var (name, value) in leftMembers)
            if (!rightMembers.TryGetValue(name, out var other) || !AreEqual(value, other))
                return false;
        return true;
    }

    private static Dictionary<string, JsonElement> LastOfEachName(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }
}
