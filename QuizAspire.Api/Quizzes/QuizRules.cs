using QuizAspire.Api.Http;
using QuizAspire.Core.Quizzes;

namespace QuizAspire.Api.Quizzes;

/// <summary>What a quiz must be to be stored. What is missing or has a malformed id is a 400, what breaks a rule a 422.</summary>
internal static class QuizRules
{
    public const int MaxTitle = 200;
    public const int MaxQuestions = 500;
    public const int MaxText = 2_000;
    public const int MinChoices = 2;
    public const int MaxChoices = 26;
    public const int MaxChoice = 500;

    public static Refusal? Check(QuizRequest quiz)
    {
        var malformed = new FieldErrors();
        CheckShape(malformed, quiz);
        if (malformed.Any)
            return Refusal.Malformed(malformed);

        var broken = new FieldErrors();
        CheckText(broken, "title", quiz.Title, MaxTitle, oneLine: true);
        if (quiz.Questions.Count is 0 or > MaxQuestions)
            broken.Add("questions", $"must be 1 to {MaxQuestions}");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < quiz.Questions.Count && !broken.IsFull; i++)
            CheckQuestion(broken, $"questions[{i}]", quiz.Questions[i], ids);
        return broken.Any ? Refusal.Unprocessable(broken) : null;
    }

    public static QuizDraft ToDraft(string quizId, QuizRequest quiz) =>
        new(quizId, quiz.Title, [.. quiz.Questions.Select(q => new Question(q.QuestionId, q.Text, q.Choices, q.CorrectAnswer))]);

    private static void CheckShape(FieldErrors errors, QuizRequest quiz)
    {
        Require(errors, "title", quiz.Title);
        Require(errors, "questions", quiz.Questions);
        for (var i = 0; i < quiz.Questions?.Count && !errors.IsFull; i++)
        {
            var field = $"questions[{i}]";
            if (quiz.Questions[i] is not { } question)
            {
                errors.Add(field, "is required");
                continue;
            }
            Ids.Check(errors, $"{field}.question_id", question.QuestionId);
            Require(errors, $"{field}.text", question.Text);
            Require(errors, $"{field}.choices", question.Choices);
            Require(errors, $"{field}.correct_answer", question.CorrectAnswer);
            for (var choice = 0; choice < question.Choices?.Count && !errors.IsFull; choice++)
                Require(errors, $"{field}.choices[{choice}]", question.Choices[choice]);
        }
    }

    private static void CheckQuestion(FieldErrors errors, string field, QuestionRequest question, HashSet<string> ids)
    {
        if (!ids.Add(question.QuestionId))
            errors.Add($"{field}.question_id", "is the id of an earlier question too");
        CheckText(errors, $"{field}.text", question.Text, MaxText, oneLine: false);
        if (question.Choices.Count is < MinChoices or > MaxChoices)
            errors.Add($"{field}.choices", $"must be {MinChoices} to {MaxChoices}");
        var choices = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < question.Choices.Count && !errors.IsFull; i++)
        {
            CheckText(errors, $"{field}.choices[{i}]", question.Choices[i], MaxChoice, oneLine: false);
            if (!choices.Add(question.Choices[i]))
                errors.Add($"{field}.choices[{i}]", "is an earlier choice too");
        }
        if (!choices.Contains(question.CorrectAnswer))
            errors.Add($"{field}.correct_answer", "must be one of choices");
    }

    private static void CheckText(FieldErrors errors, string field, string text, int max, bool oneLine)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > max)
            errors.Add(field, $"must be 1 to {max} characters, not all of them blank");
        else if (text.AsSpan().ContainsAnyInRange('\0', '\u001F') && text.Any(c => char.IsControl(c) && (oneLine || c is not ('\n' or '\r' or '\t'))))
            errors.Add(field, "must not have control characters");
    }

    private static void Require(FieldErrors errors, string field, object? value)
    {
        if (value is null)
            errors.Add(field, "is required");
    }
}
