using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.Core.Quizzes;

[JsonSerializable(typeof(IReadOnlyList<Question>))]
internal sealed partial class QuizJson : JsonSerializerContext
{
    /// <summary>
    /// Escapes little more than JSON must: the default spends six bytes on an apostrophe and on every letter outside ASCII,
    /// and items have a limit.
    /// </summary>
    public static readonly QuizJson Compact = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
