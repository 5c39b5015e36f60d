using QuizAspire.Core.Statistics.Sheets;
using QuizAspire.Core.Statistics.Summary;

namespace QuizAspire.Sheets;

/// <summary>A reader's statistics, by quiz; the empty name stands for all quizzes.</summary>
internal sealed record SheetNumbers(long Missing, IReadOnlyDictionary<string, QuizNumbers> Quizzes)
{
    public static SheetNumbers Of(SheetSummary summary) => new(
        summary.ScoresMissing,
        summary.Quizzes.Prepend(new QuizStatistics("", summary.Overall))
            .ToDictionary(quiz => quiz.QuizId, quiz => QuizNumbers.Of(quiz.Scores), StringComparer.Ordinal));

    /// <returns>Every number that is not the same.</returns>
    public IEnumerable<string> DifferencesFrom(SheetNumbers expected)
    {
        if (Missing != expected.Missing)
            yield return $"missing scores: {Missing}, expected {expected.Missing}";
        foreach (var name in Quizzes.Keys.Union(expected.Quizzes.Keys, StringComparer.Ordinal))
            if (!Quizzes.TryGetValue(name, out var mine) || !expected.Quizzes.TryGetValue(name, out var other) || !mine.IsSameAs(other))
                yield return $"quiz \"{name}\": {Quizzes.GetValueOrDefault(name)}, expected {expected.Quizzes.GetValueOrDefault(name)}";
    }
}
