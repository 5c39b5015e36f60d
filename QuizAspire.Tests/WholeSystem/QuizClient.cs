using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>A client of the API of a running system, with the verbs that journeys are told in.</summary>
public class QuizClient
{
    /// <summary>Long enough for a process to be killed and started again, and for its messages to become visible.</summary>
    private static readonly TimeSpan PatienceWithFaults = TimeSpan.FromMinutes(2);

    public HttpClient Api { get; protected set; } = null!;

    public static QuizClient Of(Uri api) => new() { Api = new HttpClient { BaseAddress = api } };

    /// <summary>Stores a quiz of so many questions, of which `a` is always the right choice.</summary>
    public async Task StoreQuiz(string quizId, int questions)
    {
        var quiz = new JsonObject
        {
            ["title"] = $"Quiz {quizId}",
            ["questions"] = new JsonArray([.. Enumerable.Range(1, questions).Select(number => (JsonNode)new JsonObject
            {
                ["question_id"] = $"q{number}",
                ["text"] = $"Question {number}?",
                ["choices"] = new JsonArray("a", "b", "c"),
                ["correct_answer"] = "a",
            })]),
        };
        using var response = await Api.PutAsJsonAsync($"/quizzes/{quizId}", quiz);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    /// <summary>A submission to a quiz of <see cref="StoreQuiz"/> with so many right answers.</summary>
    public static JsonObject Submission(string studentId, string quizId, int questions, int right) => new()
    {
        ["student_id"] = studentId,
        ["quiz_id"] = quizId,
        ["answers"] = new JsonObject(Enumerable.Range(1, questions).Select(number => KeyValuePair.Create<string, JsonNode?>($"q{number}", number <= right ? "a" : "b"))),
    };

    /// <summary>Posts until it is accepted, as a client does that repeats itself with one Idempotency-Key when the answer does not come.</summary>
    /// <returns>The path of the submission.</returns>
    public async Task<string> Submit(JsonObject submission, CancellationToken cancellation)
    {
        var key = Guid.NewGuid().ToString();
        string? location = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/submissions") { Content = JsonContent.Create(submission) };
            request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var response = await Api.SendAsync(request, cancellation);
                if (response.StatusCode is HttpStatusCode.ServiceUnavailable)
                    return false;
                Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
                location = response.Headers.Location!.ToString();
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the submission is accepted", PatienceWithFaults);
        return location!;
    }

    /// <summary>The result under a submission's path, once it is there.</summary>
    public async Task<JsonObject> Result(string path, CancellationToken cancellation)
    {
        JsonObject? result = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var response = await Api.GetAsync(path, cancellation);
            if (response.StatusCode == HttpStatusCode.Accepted)
                return false;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            result = await response.Content.ReadFromJsonAsync<JsonObject>(cancellation);
            return true;
        }, $"{path} has a result", PatienceWithFaults);
        return result!;
    }

    /// <summary>All results of one student, over all pages.</summary>
    public async Task<List<JsonObject>> Results(string studentId, CancellationToken cancellation)
    {
        var results = new List<JsonObject>();
        string? token = null;
        do
        {
            var page = await Api.GetFromJsonAsync<JsonObject>($"/students/{studentId}/results?limit=100{(token is null ? "" : $"&page_token={token}")}", cancellation);
            results.AddRange(page!["results"]!.AsArray().Select(result => result!.AsObject()));
            token = (string?)page["next_page_token"];
        }
        while (token is not null);
        return results;
    }
}
