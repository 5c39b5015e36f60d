using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.Core.Statistics.Jobs;

/// <summary>The message that asks for the statistics of a sheet. Written in snake_case.</summary>
/// <param name="Source">Absent in a trusted producer's message that does not say: CSV.</param>
/// <param name="SubmittedAt">Absent: when the queue got the message.</param>
public sealed record StatisticsRequestMessage(
    string StatisticsId, string ObjectKey, StatisticsSource? Source = null, string? QuizId = null, DateTimeOffset? SubmittedAt = null)
{
    /// <summary>The queue body.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StatisticsMessageJson.Compact.StatisticsRequestMessage);

    /// <exception cref="InvalidStatisticsMessageException"/>
    public static StatisticsRequestMessage Read(string body) => StatisticsMessageReader.ReadRequest(body);

    /// <param name="sentAt">When the queue got the message.</param>
    internal StatisticsJob ToJob(DateTimeOffset sentAt) =>
        new(StatisticsId, Source ?? StatisticsSource.Csv, QuizId, ObjectKey, SubmittedAt ?? sentAt);
}

/// <summary>The message that statistics have been written. Written in snake_case.</summary>
public sealed record StatisticsCompletedMessage(string StatisticsId)
{
    /// <summary>The queue body.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StatisticsMessageJson.Compact.StatisticsCompletedMessage);

    /// <exception cref="InvalidStatisticsMessageException"/>
    public static StatisticsCompletedMessage Read(string body) => StatisticsMessageReader.ReadCompleted(body);
}

/// <summary>The message is not one of the statistics queues. Its text names members, and none of the message's content.</summary>
public sealed class InvalidStatisticsMessageException(string defect) : Exception(defect);

[JsonSerializable(typeof(StatisticsRequestMessage))]
[JsonSerializable(typeof(StatisticsCompletedMessage))]
internal sealed partial class StatisticsMessageJson : JsonSerializerContext
{
    public static readonly StatisticsMessageJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<StatisticsSource>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    });
}
