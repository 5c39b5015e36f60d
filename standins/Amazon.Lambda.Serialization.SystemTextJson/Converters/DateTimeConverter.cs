using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Serialization.SystemTextJson.Converters;

/// <summary>ISO 8601 text, or a number since the Unix epoch: seconds, or milliseconds as Kinesis sends them.</summary>
public class DateTimeConverter : JsonConverter<DateTime>
{
    // No event is dated in seconds this large (it is past the year 5000), so a larger number is milliseconds.
    private const long LargestSeconds = 157_753_180_800;

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var date))
            return date;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var whole))
            return whole > LargestSeconds ? DateTime.UnixEpoch.AddMilliseconds(whole) : DateTime.UnixEpoch.AddSeconds(whole);
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var seconds))
            return DateTime.UnixEpoch.AddSeconds(seconds);
        throw new JsonSerializerException($"A date cannot be read from a JSON {reader.TokenType}");
    }

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
