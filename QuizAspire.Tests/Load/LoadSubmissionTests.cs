using System.Text.Json;
using QuizAspire.Core.Scoring;
using QuizAspire.Load;
using QuizAspire.Load.Questions;

namespace QuizAspire.Tests.Load;

public sealed class LoadSubmissionTests
{
    [Fact]
    public void Questions_are_divided_into_quizzes_and_each_is_in_one()
    {
        var quizzes = LoadQuiz.Divide(Trivia(1001), 500, "run");

        Assert.Equal([500, 500, 1], quizzes.Select(quiz => quiz.Questions.Count));
        Assert.Equal(["load-run-1", "load-run-2", "load-run-3"], quizzes.Select(quiz => quiz.Id));
        Assert.Equal(1001, quizzes.SelectMany(quiz => quiz.Questions).Select(question => question.Trivia.Text).Distinct().Count());
    }

    [Fact]
    public void Students_differ_and_the_same_seed_makes_the_same_answers()
    {
        var quizzes = LoadQuiz.Divide(Trivia(60), 20, "run");
        IReadOnlyList<LoadSubmission> Make(int seed) =>
            [.. Enumerable.Range(0, 200).Select(number => LoadSubmission.Make(quizzes, "run", seed, number))];

        var first = Make(seed: 1);

        Assert.Equal(200, first.Select(submission => submission.StudentId).Distinct().Count());
        Assert.Equal(first.Select(Text), Make(seed: 1).Select(Text));
        Assert.NotEqual(first.Select(Text), Make(seed: 2).Select(Text));
        Assert.All(first, submission => Assert.NotEmpty(submission.Answers));
        Assert.InRange((double)first.Average(submission => submission.ExpectedScore), 55, 90); // partly wrong
        Assert.Contains(first, submission => submission.Answers.Count < submission.Quiz.Questions.Count);
    }

    [Fact]
    public void A_quiz_of_one_question_is_always_answered()
    {
        var quizzes = LoadQuiz.Divide(Trivia(1), 1, "run");

        Assert.All(Enumerable.Range(0, 500), number => Assert.Single(LoadSubmission.Make(quizzes, "run", 1, number).Answers));
    }

    [Fact]
    public void The_expected_score_is_that_of_the_system_for_every_share_of_many_totals()
    {
        // Multiples of 160 are where binary and exact rounding part.
        foreach (var total in Enumerable.Range(1, 60).Append(160).Append(320))
        {
            var key = AnswerKey.From(Right(total));
            for (var correct = 0; correct <= total; correct++)
            {
                Assert.Equal(ScoreCalculator.Calculate(Right(correct), key).Percent, LoadSubmission.Percent(correct, total));
            }
        }
    }

    private static JsonElement Right(int questions) =>
        JsonSerializer.SerializeToElement(Enumerable.Range(0, questions).ToDictionary(i => $"q{i}", _ => "right"));

    private static string Text(LoadSubmission submission) => string.Join(';', submission.Answers.Select(answer => $"{answer.Key}={answer.Value}"));

    private static TriviaQuestion[] Trivia(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TriviaQuestion($"question {i}", ["a", "b", "c", "d"], "c"))];
}
