using System.Net.Http;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>Answers the sample quiz for a few students, as a browser would: over the API, with some answers wrong.</summary>
internal static class SampleSubmissions
{
    private const string QuizId = "capitals";

    private static readonly string[] Students = ["annie", "barbara", "dorothy", "frances", "katherine", "margaret", "mary", "radia"];

    /// <param name="quizPath">The file of the quiz, answer key included.</param>
    public static async Task<ExecuteCommandResult> SendAsync(JsonCalls api, string quizPath, CancellationToken cancellation)
    {
        var quiz = JsonNode.Parse(await File.ReadAllTextAsync(quizPath, cancellation))!;
        // A quiz that is stored again gets another version each time.
        if (!await api.ExistsAsync($"/quizzes/{QuizId}", cancellation))
            await api.SendAsync(HttpMethod.Put, $"/quizzes/{QuizId}", quiz, cancellation);

        await Task.WhenAll(Students.Select((student, number) => api.SendAsync(
            HttpMethod.Post, "/submissions", Submission(student, number, quiz["questions"]!.AsArray()), cancellation,
            // Each time the command is given these are submissions of their own, not the last ones repeated.
            ("Idempotency-Key", Guid.NewGuid().ToString()))));
        return CommandResults.Success(
            $"{Students.Length} submissions to '{QuizId}' accepted; their results are under /students/{Students[0]}/results and so on.");
    }

    internal static JsonObject Submission(string student, int number, JsonArray questions) => new()
    {
        ["student_id"] = student,
        ["quiz_id"] = QuizId,
        ["answers"] = new JsonObject(questions.Select((question, index) => KeyValuePair.Create(
            (string)question!["question_id"]!, (JsonNode?)Choice(question, wrong: (number + index) % 3 == 0)))),
    };

    private static string Choice(JsonNode question, bool wrong)
    {
        var right = (string)question["correct_answer"]!;
        return wrong ? question["choices"]!.AsArray().Select(choice => (string)choice!).First(choice => choice != right) : right;
    }
}
