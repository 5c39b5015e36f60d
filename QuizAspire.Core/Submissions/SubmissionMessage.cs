using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.Core.Submissions;

/// <summary>The queue's message: the seed's four members and ours. Written in snake_case.</summary>
/// <param name="Answers">An object: question id to any JSON value.</param>
/// <param name="CorrectAnswers">An answer key sent along by a trusted producer; the API never sends one.</param>
/// <param name="SubmissionId">Absent in the seed's message.</param>
/// <param name="SubmittedAt">Absent in the seed's message.</param>
/// <param name="QuizVersion">The version of the stored answer key to score with; absent: the latest.</param>
public sealed record SubmissionMessage(
    string StudentId,
    string QuizId,
    JsonElement Answers,
    JsonElement? CorrectAnswers = null,
    string? SubmissionId = null,
    DateTimeOffset? SubmittedAt = null,
    int? QuizVersion = null)
{
    /// <summary>Longest student id, quiz id and submission id, in UTF-16 units.</summary>
    public const int MaxIdLength = 128;

    /// <summary>The queue body.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SubmissionJson.Compact.SubmissionMessage);
}

[JsonSerializable(typeof(SubmissionMessage))]
internal sealed partial class SubmissionJson : JsonSerializerContext
{
    /// <summary>
    /// Escapes little more than JSON must: the default spends six bytes on a plus sign and on every letter outside ASCII,
    /// and messages have a limit.
    /// </summary>
    public static readonly SubmissionJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
