using System.Text.Json.Serialization;

namespace QuizAspire.Core.Quizzes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<Question>))]
internal sealed partial class QuizJson : JsonSerializerContext;
