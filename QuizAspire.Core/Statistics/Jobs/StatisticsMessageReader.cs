using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>Reads the queues' messages by hand rather than by a serializer, so that each defect has a reason that names the member.</summary>
internal static class StatisticsMessageReader
{
    // A message names an object; 4 KB is several times the longest.
    private const int MaxBody = 4096;

    // S3's limit on a key, in UTF-8.
    private const int MaxObjectKey = 1024;
    private const int MaxQuizId = 128;

    public static StatisticsRequestMessage ReadRequest(string body)
    {
        var message = Parse(body);
        return new StatisticsRequestMessage(
            StatisticsIdOf(message),
            Text(message, "object_key", MaxObjectKey) ?? throw new InvalidStatisticsMessageException("object_key is missing"),
            SourceOf(message),
            Text(message, "quiz_id", MaxQuizId),
            InstantOf(message, "submitted_at"));
    }

    public static StatisticsCompletedMessage ReadCompleted(string body) => new(StatisticsIdOf(Parse(body)));

    private static JsonElement Parse(string body)
    {
        if (body.Length > MaxBody)
            throw new InvalidStatisticsMessageException($"the message is longer than {MaxBody} characters");

        try
        {
            var message = JsonElement.Parse(body);
            return message.ValueKind == JsonValueKind.Object
                ? message
                : throw new InvalidStatisticsMessageException("the message is not a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidStatisticsMessageException("the message is not JSON");
        }
    }

    private static string StatisticsIdOf(JsonElement message) =>
        Text(message, "statistics_id", 36) is { } id && StatisticsId.IsValid(id)
            ? id
            : throw new InvalidStatisticsMessageException("statistics_id is not a UUID in lower case");

    private static StatisticsSource? SourceOf(JsonElement message) =>
        Text(message, "source", 16) is not { } name
            ? null
            : StatisticsNames.SourceOf(name) ?? throw new InvalidStatisticsMessageException("source is not json, csv, upload or quiz");

    private static DateTimeOffset? InstantOf(JsonElement message, string name) =>
        Text(message, name, 40) is not { } text
            ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                && instant >= DateTimeOffset.UnixEpoch
                ? instant
                : throw new InvalidStatisticsMessageException($"{name} is not an ISO 8601 instant from 1970 on");

    /// <returns>Null where the member is absent or null.</returns>
    private static string? Text(JsonElement message, string name, int maxBytes)
    {
        if (!message.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        // Ids and keys are logged, so one must not be able to begin a line of its own.
        return value.ValueKind == JsonValueKind.String && TryGetString(value) is { Length: > 0 } text
            && Encoding.UTF8.GetByteCount(text) <= maxBytes && !text.Any(char.IsControl)
            ? text
            : throw new InvalidStatisticsMessageException($"{name} is not a string of 1 to {maxBytes} bytes without control characters");
    }

    private static string? TryGetString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: valid JSON, and no text.
            return null;
        }
    }
}
