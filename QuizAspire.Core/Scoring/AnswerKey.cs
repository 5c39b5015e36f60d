using System.Collections.Frozen;
using System.Text.Json;

namespace QuizAspire.Core.Scoring;

/// <summary>The correct answer of each question.</summary>
/// <param name="QuizVersion">The version of the stored quiz that it belongs to; null when a message brought it.</param>
public sealed record AnswerKey(IReadOnlyDictionary<string, JsonElement> Answers, int? QuizVersion)
{
    public static readonly AnswerKey None = new(FrozenDictionary<string, JsonElement>.Empty, null);

    /// <param name="correctAnswers">An object; of two members with one name the last counts, as in the seed's parser.</param>
    public static AnswerKey From(JsonElement correctAnswers)
    {
        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in correctAnswers.EnumerateObject())
            answers[member.Name] = member.Value;
        return new AnswerKey(answers, null);
    }

    /// <param name="questions">The questions as a quiz's item holds them, in JSON.</param>
    internal static AnswerKey FromStored(int version, string questions)
    {
        using var document = JsonDocument.Parse(questions);
        // Copies, so that a cached key holds its answers and not the whole quiz.
        return new AnswerKey(document.RootElement.EnumerateArray().ToFrozenDictionary(
            question => question.GetProperty("question_id").GetString()!,
            question => question.GetProperty("correct_answer").Clone(),
            StringComparer.Ordinal), version);
    }
}
