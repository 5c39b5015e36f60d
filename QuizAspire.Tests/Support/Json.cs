using System.Text.Json;

namespace QuizAspire.Tests.Support;

internal static class Json
{
    public static JsonElement Of(string json) => JsonElement.Parse(json);
}
