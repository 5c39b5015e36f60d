using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.Load.Api;

internal sealed record QuizBody(string Title, IReadOnlyList<QuestionBody> Questions);

internal sealed record QuestionBody(string QuestionId, string Text, IReadOnlyList<string> Choices, string CorrectAnswer);

internal sealed record SubmissionBody(string StudentId, string QuizId, IReadOnlyDictionary<string, string> Answers);

internal sealed record AcceptedBody(string SubmissionId, string Status);

internal sealed record ResultBody(
    string SubmissionId, string QuizId, string Status, DateTimeOffset SubmittedAt, DateTimeOffset ProcessedAt,
    decimal? Score = null, int? TotalQuestions = null, JsonElement? Answers = null, string? Reason = null);

internal sealed record ResultsBody(IReadOnlyList<ResultBody> Results, string? Next = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QuizBody))]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(ResultBody))]
[JsonSerializable(typeof(ResultsBody))]
internal sealed partial class Bodies : JsonSerializerContext;
