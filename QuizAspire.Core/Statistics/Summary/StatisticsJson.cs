using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.Core.Statistics.Summary;

[JsonSerializable(typeof(StatisticsReport))]
internal sealed partial class StatisticsJson : JsonSerializerContext
{
    /// <summary>Quiz names stay readable in whatever script they are; the object is never part of a page.</summary>
    public static readonly StatisticsJson Relaxed = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
