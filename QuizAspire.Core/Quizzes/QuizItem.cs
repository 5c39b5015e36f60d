using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;

namespace QuizAspire.Core.Quizzes;

/// <summary>The item of the quizzes table. Version 0 is the head: a copy of the latest version, whose number is in <c>latest_version</c>.</summary>
internal static class QuizItem
{
    public const string QuizId = "quiz_id";
    public const string Version = "version";
    public const string LatestVersion = "latest_version";
    public const string Title = "title";
    public const string Questions = "questions";
    public const string QuestionCount = "question_count";
    public const string CreatedAt = "created_at";
    public const int Head = 0;

    /// <summary>What <see cref="ToSummary"/> reads.</summary>
    public static readonly string[] SummaryAttributes = [QuizId, LatestVersion, Title, QuestionCount, CreatedAt];

    public static Dictionary<string, AttributeValue> Key(string quizId, int version) => new()
    {
        [QuizId] = new AttributeValue { S = quizId },
        [Version] = Number(version),
    };

    /// <param name="version">The item's: the quiz's own, or <see cref="Head"/>.</param>
    /// <param name="questions">As JSON: a string is a third of the size and of the parsing of a list of maps, and only this code reads it.</param>
    public static Dictionary<string, AttributeValue> From(Quiz quiz, int version, string questions)
    {
        var item = Key(quiz.QuizId, version);
        item[LatestVersion] = Number(quiz.Version);
        item[Title] = new AttributeValue { S = quiz.Title };
        item[Questions] = new AttributeValue { S = questions };
        item[QuestionCount] = Number(quiz.Questions.Count);
        item[CreatedAt] = new AttributeValue { S = Instants.ToText(quiz.CreatedAt) };
        return item;
    }

    public static string QuestionsJson(IReadOnlyList<Question> questions) =>
        JsonSerializer.Serialize(questions, QuizJson.Compact.IReadOnlyListQuestion);

    public static Quiz ToQuiz(Dictionary<string, AttributeValue> item) => new(
        item[QuizId].S,
        Integer(item[LatestVersion]),
        item[Title].S,
        JsonSerializer.Deserialize(item[Questions].S, QuizJson.Compact.IReadOnlyListQuestion) ?? [],
        Instants.Parse(item[CreatedAt].S));

    public static QuizSummary ToSummary(Dictionary<string, AttributeValue> item) => new(
        item[QuizId].S, Integer(item[LatestVersion]), item[Title].S, Integer(item[QuestionCount]), Instants.Parse(item[CreatedAt].S));

    public static int Integer(AttributeValue value) => int.Parse(value.N, CultureInfo.InvariantCulture);

    public static AttributeValue Number(int value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
