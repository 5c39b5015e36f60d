using System.Buffers;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Submissions;

namespace QuizAspire.Core.Aws;

/// <summary>JSON values as native DynamoDB attributes, and back.</summary>
internal static class DynamoJson
{
    // What a DynamoDB number can hold: 38 significant digits, magnitude 1E-130 to 9.99...E+125.
    private const int MaxDigits = 38;
    private const int MinMagnitude = -130;
    private const int MaxMagnitude = 125;

    /// <remarks>
    /// A number that DynamoDB cannot hold becomes a string of the same spelling: losing its type loses less than losing the submission.
    /// </remarks>
    public static AttributeValue ToAttribute(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new AttributeValue { M = ToMap(value) },
        JsonValueKind.Array => new AttributeValue { L = [.. value.EnumerateArray().Select(ToAttribute)] },
        JsonValueKind.String => new AttributeValue { S = value.GetString() },
        JsonValueKind.Number when CanonicalNumber.Fits(value.GetRawText(), MaxDigits, MinMagnitude, MaxMagnitude)
            => new AttributeValue { N = value.GetRawText() },
        JsonValueKind.Number => new AttributeValue { S = value.GetRawText() },
        JsonValueKind.True or JsonValueKind.False => new AttributeValue { BOOL = value.GetBoolean() },
        _ => new AttributeValue { NULL = true },
    };

    public static JsonElement ToJson(AttributeValue attribute)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, attribute);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static Dictionary<string, AttributeValue> ToMap(JsonElement value)
    {
        var map = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            map[member.Name] = ToAttribute(member.Value);
        return map;
    }

    private static void Write(Utf8JsonWriter writer, AttributeValue attribute)
    {
        if (attribute.S is not null)
        {
            writer.WriteStringValue(attribute.S);
        }
        else if (attribute.N is not null)
        {
            writer.WriteRawValue(attribute.N);
        }
        else if (attribute.BOOL is { } boolean)
        {
            writer.WriteBooleanValue(boolean);
        }
        else if (attribute.M is not null)
        {
            writer.WriteStartObject();
            foreach (var (name, member) in attribute.M)
            {
                writer.WritePropertyName(name);
                Write(writer, member);
            }

            writer.WriteEndObject();
        }
        else if (attribute.L is not null)
        {
            writer.WriteStartArray();
            foreach (var item in attribute.L)
                Write(writer, item);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
