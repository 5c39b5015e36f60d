using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using QuizAspire.Api.Http;
using QuizAspire.Core.Quizzes;

namespace QuizAspire.Api.Quizzes;

/// <summary>A quiz as a teacher puts it. Members may be missing or null whatever their types say: <see cref="QuizRules"/> looks.</summary>
/// <remarks>The attributes are for the OpenAPI document.</remarks>
[Description("A quiz with its answer key. Questions are scored by question_id.")]
internal sealed record QuizRequest(
    [property: Length(1, QuizRules.MaxTitle)] string Title,
    [property: Length(1, QuizRules.MaxQuestions)] IReadOnlyList<QuestionRequest> Questions) : IJsonBody<QuizRequest>
{
    /// <summary>An item's limit in DynamoDB, 400 KB: no quiz that is longer as JSON would fit.</summary>
    public static int MaxBytes => 400 * 1024;

    public static JsonTypeInfo<QuizRequest> TypeInfo => ApiJsonContext.Default.QuizRequest;
}

[Description("A multiple-choice question with its right answer.")]
internal sealed record QuestionRequest(
    [property: Description("Unique in the quiz."), RegularExpression(Ids.Pattern)] string QuestionId,
    [property: Length(1, QuizRules.MaxText)] string Text,
    [property: Description("Different choices of 1 to 500 characters."), Length(QuizRules.MinChoices, QuizRules.MaxChoices)]
    IReadOnlyList<string> Choices,
    [property: Description("One of the choices. It never leaves the server.")] string CorrectAnswer);

[Description("What was stored.")]
internal sealed record QuizSaved(
    string QuizId,
    [property: Description("1 for a new quiz; each change is the next.")] int Version,
    DateTimeOffset CreatedAt);

[Description("A quiz as students see it: no answer key.")]
internal sealed record QuizView(string QuizId, int Version, string Title, IReadOnlyList<QuestionView> Questions, DateTimeOffset CreatedAt)
{
    public static QuizView Of(Quiz quiz) => new(
        quiz.QuizId, quiz.Version, quiz.Title, [.. quiz.Questions.Select(q => new QuestionView(q.QuestionId, q.Text, q.Choices))], quiz.CreatedAt);
}

internal sealed record QuestionView(string QuestionId, string Text, IReadOnlyList<string> Choices);

[Description("The latest version of a quiz, without its questions.")]
internal sealed record QuizListItem(string QuizId, int Version, string Title, int QuestionCount, DateTimeOffset CreatedAt);

internal sealed record QuizzesPage(
    IReadOnlyList<QuizListItem> Quizzes,
    [property: Description("For page_token of the next request; absent on the last page.")] string? NextPageToken = null,
    [property: Description("Path and query of the next page; absent on the last.")] string? Next = null);
