using System.Globalization;
using QuizAspire.Load.Questions;

namespace QuizAspire.Load;

internal sealed record LoadQuestion(string Id, TriviaQuestion Trivia);

/// <summary>A quiz of the run, with the answers that only this program and the server know.</summary>
internal sealed record LoadQuiz(string Id, string Title, IReadOnlyList<LoadQuestion> Questions)
{
    public static IReadOnlyList<LoadQuiz> Divide(IReadOnlyList<TriviaQuestion> questions, int questionsPerQuiz, string run) =>
    [
        .. questions.Chunk(questionsPerQuiz).Select((chunk, i) => new LoadQuiz(
            string.Create(CultureInfo.InvariantCulture, $"load-{run}-{i + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"Load {run}, part {i + 1}"),
            [.. chunk.Select((question, j) => new LoadQuestion(string.Create(CultureInfo.InvariantCulture, $"q{j + 1}"), question))])),
    ];
}
