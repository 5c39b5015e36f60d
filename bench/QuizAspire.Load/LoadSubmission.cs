using System.Globalization;
using System.Numerics;

namespace QuizAspire.Load;

/// <summary>What one student hands in, and what must come of it.</summary>
/// <param name="IdempotencyKey">The same at every attempt, so that an attempt whose answer was lost is not a second submission.</param>
internal sealed record LoadSubmission(string StudentId, string IdempotencyKey, LoadQuiz Quiz, IReadOnlyDictionary<string, string> Answers)
{
    private const double ShareLeftOut = 0.05;
    private const double ShareRight = 0.7;

    /// <summary>Student number <paramref name="number"/>'s submission: the same for the same seed.</summary>
    public static LoadSubmission Make(IReadOnlyList<LoadQuiz> quizzes, string run, int seed, int number)
    {
        var random = new Random(HashCode(seed, number));
        var quiz = quizzes[number % quizzes.Count];
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, trivia) in quiz.Questions)
        {
            if (random.NextDouble() >= ShareLeftOut || (answers.Count == 0 && id == quiz.Questions[^1].Id))
                answers[id] = random.NextDouble() < ShareRight ? trivia.CorrectAnswer : trivia.Choices[random.Next(trivia.Choices.Count)];
        }

        var student = string.Create(CultureInfo.InvariantCulture, $"load-{run}-s{number:D6}");
        return new LoadSubmission(student, $"{student}-once", quiz, answers);
    }

    public decimal ExpectedScore =>
        Percent(Quiz.Questions.Count(question => Answers.GetValueOrDefault(question.Id) == question.Trivia.CorrectAnswer), Quiz.Questions.Count);

    /// <summary>
    /// Python's <c>round((correct / total) * 100, 2)</c>, which the score is defined by, from the double's exact value: written apart from the
    /// system's own, so that the two check each other.
    /// </summary>
    public static decimal Percent(int correct, int total)
    {
        var percent = (double)correct / total * 100;
        var exponent = percent == 0 ? 0 : 52 - Math.ILogB(percent);
        var one = BigInteger.One << exponent;
        var hundredths = BigInteger.DivRem(new BigInteger(Math.ScaleB(percent, exponent)) * 100, one, out var rest);
        var towardsUp = (rest * 2).CompareTo(one);
        if (towardsUp > 0 || (towardsUp == 0 && !hundredths.IsEven))
            hundredths++;
        return (decimal)hundredths / 100;
    }

    // Not System.HashCode, which is another in every process.
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 486_187_739));
}
