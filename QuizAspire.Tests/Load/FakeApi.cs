using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QuizAspire.Load;

namespace QuizAspire.Tests.Load;

/// <summary>An API with a scorer behind it, as small as a load run can be made against, whose faults a test chooses.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _keys = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<JsonObject>> _results = new();
    private readonly ConcurrentDictionary<string, JsonObject> _quizzes = new();
    private int _posts;

    private Func<int, HttpContext, bool> _before = (_, _) => false;
    private Func<int, HttpContext, bool> _after = (_, _) => false;
    private Func<int, JsonObject, IEnumerable<JsonObject>> _store = (_, result) => [result];

    private FakeApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="before">Gets a post's number, from 1, before it is accepted; true when it has answered.</param>
    /// <param name="after">Likewise after it is accepted.</param>
    /// <param name="store">What is stored of a result, by the number of its post.</param>
    public static async Task<FakeApi> StartAsync(
        Func<int, HttpContext, bool>? before = null,
        Func<int, HttpContext, bool>? after = null,
        Func<int, JsonObject, IEnumerable<JsonObject>>? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var api = new FakeApi(app);
        (api._before, api._after, api._store) = (before ?? api._before, after ?? api._after, store ?? api._store);
        app.MapPut("/quizzes/{id}", async (string id, HttpContext http) => api._quizzes[id] = (await ReadAsync(http))!);
        app.MapPost("/submissions", api.PostAsync);
        app.MapGet("/students/{student}/submissions/{id}", (string student, string id) =>
            api.Of(student).FirstOrDefault(result => (string?)result["submission_id"] == id) is { } found
                ? Results.Json(found.DeepClone())
                : Results.Accepted());
        app.MapGet("/students/{student}/results", (string student, int? after) => api.Page(student, after ?? 0));
        await app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PostAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _posts);
        if (_before(number, http))
            return;
        var body = (await ReadAsync(http))!;
        var fresh = Guid.NewGuid().ToString();
        var id = _keys.GetOrAdd(http.Request.Headers["Idempotency-Key"].ToString(), fresh);
        if (id == fresh)
            foreach (var stored in _store(number, Score(id, body)))
                Of((string)body["student_id"]!).Enqueue(stored);
        if (_after(number, http))
            return;
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        await http.Response.WriteAsJsonAsync(new JsonObject { ["submission_id"] = id, ["status"] = "queued" });
    }

    private JsonObject Score(string id, JsonObject body)
    {
        var questions = _quizzes[(string)body["quiz_id"]!]["questions"]!.AsArray();
        var answers = body["answers"]!;
        var right = questions.Count(question => (string?)answers[(string)question!["question_id"]!] == (string?)question["correct_answer"]);
        return new JsonObject
        {
            ["submission_id"] = id,
            ["quiz_id"] = body["quiz_id"]!.DeepClone(),
            ["status"] = "completed",
            ["score"] = LoadSubmission.Percent(right, questions.Count),
            ["total_questions"] = questions.Count,
            ["answers"] = answers.DeepClone(),
            ["submitted_at"] = "2026-01-01T00:00:00Z",
            ["processed_at"] = "2026-01-01T00:00:01Z",
        };
    }

    // One result a page, so that pages are followed.
    private JsonObject Page(string student, int after) => new()
    {
        ["results"] = new JsonArray([.. Of(student).Skip(after).Take(1).Select(result => result.DeepClone())]),
        ["next"] = after + 1 < Of(student).Count ? $"/students/{student}/results?after={after + 1}" : null,
    };

    private ConcurrentQueue<JsonObject> Of(string student) => _results.GetOrAdd(student, _ => new());

    private static async Task<JsonObject?> ReadAsync(HttpContext http) =>
        await JsonSerializer.DeserializeAsync<JsonObject>(http.Request.Body, cancellationToken: http.RequestAborted);
}
