using System.Text.Json;

namespace QuizAspire.Core.Scoring;

/// <summary>The seed's formula: the share of the key's questions that were answered correctly, in percent, two decimals.</summary>
public static class ScoreCalculator
{
    /// <param name="answers">An object: question id to any value. Questions that the key does not know are ignored.</param>
    public static Score Calculate(JsonElement answers, AnswerKey key)
    {
        var total = key.Answers.Count;
        if (total == 0)
            return new Score(0, 0);

        // Of two members with one name the last counts, so each name is looked at once.
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in answers.EnumerateObject())
            given[member.Name] = member.Value;

        var correct = 0;
        foreach (var (question, answer) in given)
            if (key.Answers.TryGetValue(question, out var expected) && JsonEquality.AreEqual(answer, expected))
                correct++;

        return new Score(SeedRounding.Percent(correct, total), total);
    }
}
