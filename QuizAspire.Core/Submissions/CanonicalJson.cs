using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuizAspire.Core.Submissions;

/// <summary>
/// One spelling for each JSON value: members in ordinal order, the last of two with one name, no white space, numbers by
/// their exact value. What differs here is a different submission.
/// </summary>
public static class CanonicalJson
{
    // The output is hashed, never shown, so it escapes only what JSON must.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="InvalidOperationException">A string is not valid Unicode (a lone surrogate).</exception>
    public static string Of(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                    members[member.Name] = member.Value;

                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;

            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;

            case JsonValueKind.Number:
                writer.WriteRawValue(CanonicalNumber.Of(value.GetRawText()), skipInputValidation: true);
                break;

            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;

            default:
                value.WriteTo(writer);
                break;
        }
    }
}
