using System.Text.Json;

namespace QuizAspire.Api.Http;

/// <summary>Says of a body that System.Text.Json would not read which field is at fault, and how.</summary>
internal static class JsonFault
{
    // The kind of fault is told by the exception's own words, which is all there is. Should a later runtime say it otherwise,
    // the field is still named, and only the sentence gets vaguer; the tests would tell.
    public static Refusal Describe(JsonException exception, int maxDepth) =>
        Refusal.Malformed(Field(exception.Path), exception.Message switch
        {
            var message when message.StartsWith("The JSON property", StringComparison.Ordinal) => "is not a member of this request",
            var message when message.StartsWith("Duplicate property", StringComparison.Ordinal) => "has a member that appears twice",
            var message when message.StartsWith("The maximum configured depth", StringComparison.Ordinal) =>
                $"nests too deep: a body may have at most {maxDepth} levels",
            _ when exception.InnerException is JsonException =>
                $"is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})",
            _ => "has the wrong JSON type",
        });

    // "$.questions[0].text" is the field questions[0].text, and "$" is the body.
    private static string Field(string? path) =>
        path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];
}
