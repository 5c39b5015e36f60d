using System.Net;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Results;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class StudentEndpointTests(Emulators emulators) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);
    private ApiWorld _api = null!;

    public async Task InitializeAsync() => _api = await ApiWorld.StartAsync(emulators);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Accepted_submission_becomes_its_result()
    {
        await _api.PutQuizAsync("geo", "q1");
        var accepted = await _api.SubmitAsync("s1", "geo", new { q1 = "right" });
        var path = accepted.Headers.Location!;
        Assert.Equal(HttpStatusCode.Accepted, (await _api.Http.GetAsync(path)).StatusCode);

        // What the function does with the message.
        var message = JsonElement.Parse(Assert.Single(await _api.ReceiveAsync(1)).Body);
        var submittedAt = message.GetProperty("submitted_at").GetDateTimeOffset();
        await WriteAsync(Completed("s1", submittedAt, message.GetProperty("submission_id").GetString()!, 66.67m, message.GetProperty("answers")));

        var result = await _api.GetAsync(path.OriginalString);
        Assert.Equal("completed", result.GetProperty("status").GetString());
        Assert.Equal(66.67m, result.GetProperty("score").GetDecimal());
        Assert.Equal(3, result.GetProperty("total_questions").GetInt32());
        Assert.Equal(1, result.GetProperty("quiz_version").GetInt32());
        Assert.Equal("right", result.GetProperty("answers").GetProperty("q1").GetString());
        Assert.Equal(submittedAt, result.GetProperty("submitted_at").GetDateTimeOffset());
        Assert.False(result.TryGetProperty("reason", out _));
    }

    [Fact]
    public async Task Failed_submission_tells_the_reason_and_no_score()
    {
        var id = IdAt(Noon, "s1");
        await WriteAsync(new SubmissionResult(
            "s1", ResultKey.From(Noon, id), id, "geo", ResultStatus.Failed, Noon, Reason: "the quiz has no such version"));
        var result = await _api.GetAsync($"/students/s1/submissions/{id}");
        Assert.Equal("failed", result.GetProperty("status").GetString());
        Assert.Equal("the quiz has no such version", result.GetProperty("reason").GetString());
        Assert.False(result.TryGetProperty("score", out _));
    }

    [Fact]
    public async Task Submission_that_nobody_made_is_not_found_and_another_students_neither()
    {
        await _api.PutQuizAsync("geo", "q1");
        var id = await ApiWorld.AcceptedIdAsync(_api.SubmitAsync("s1", "geo", new { q1 = "right" }));
        foreach (var path in new[] { $"s2/submissions/{id}", $"s1/submissions/{IdAt(Noon, "x")}", "s1/submissions/anything" })
            await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri($"/students/{path}", UriKind.Relative)), 404, "submission_id");
    }

    [Fact]
    public async Task Result_under_a_producers_own_id_is_found_among_the_students_results()
    {
        var own = Completed("s1", Noon, "homework-7", 50m, Json.Of("{}"));
        var newer = Enumerable.Range(1, 5).Select(i => Completed("s1", Noon.AddSeconds(i), $"homework-7-{i}", i, Json.Of("{}")));
        await WriteAsync([own, .. newer]);

        var result = await _api.GetAsync("/students/s1/submissions/homework-7");

        Assert.Equal(("homework-7", 50m), (result.GetProperty("submission_id").GetString(), result.GetProperty("score").GetDecimal()));
        var other = await _api.Http.GetAsync(new Uri("/students/s2/submissions/homework-7", UriKind.Relative));
        await ApiWorld.RefusedAsync(other, 404, "submission_id");
    }

    [Fact]
    public async Task Paging_walks_every_result_exactly_once_newest_first()
    {
        var results = Enumerable.Range(0, 25)
            .Select(i => Completed("s1", Noon.AddSeconds(i), IdAt(Noon.AddSeconds(i), "s1"), i, Json.Of("{}"))).ToArray();
        await WriteAsync([.. results, Completed("s2", Noon, IdAt(Noon, "s2"), 1, Json.Of("{}"))]);

        var seen = new List<string>();
        var sizes = new List<int>();
        for (string? next = "/students/s1/results?limit=10"; next is not null;)
        {
            var page = await _api.GetAsync(next);
            sizes.Add(page.GetProperty("results").GetArrayLength());
            seen.AddRange(page.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("submission_id").GetString()!));
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }
        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(results.Reverse().Select(result => result.SubmissionId), seen);
    }

    [Fact]
    public async Task Student_without_results_has_an_empty_page()
    {
        var page = await _api.GetAsync("/students/nobody/results");
        Assert.Equal(0, page.GetProperty("results").GetArrayLength());
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData("/students/a%20b/results", "student_id")]
    [InlineData("/students/a%20b/submissions/x", "student_id")]
    [InlineData("/students/s1/submissions/a%20b", "submission_id")]
    [InlineData("/students/s1/results?limit=-1", "limit")]
    [InlineData("/students/s1/results?limit=1e1", "limit")]
    [InlineData("/students/s1/results?page_token=abc", "page_token")]
    public async Task Bad_parameter_is_refused_by_its_name(string path, string parameter) =>
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri(path, UriKind.Relative)), 400, parameter);

    [Fact]
    public async Task Page_token_of_quizzes_is_none_of_results()
    {
        for (var i = 0; i < 3; i++)
            await _api.PutQuizAsync($"quiz-{i}", "q1");
        var token = (await _api.GetAsync("/quizzes?limit=1")).GetProperty("next_page_token").GetString()!;
        var path = $"/students/s1/results?page_token={Uri.EscapeDataString(token)}";
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri(path, UriKind.Relative)), 400, "page_token");
    }

    private static SubmissionResult Completed(string studentId, DateTimeOffset submittedAt, string id, decimal score, JsonElement answers) => new(
        studentId, ResultKey.From(submittedAt, id), id, "geo", ResultStatus.Completed, submittedAt.AddSeconds(1), score, 3, answers, QuizVersion: 1);

    private static string IdAt(DateTimeOffset time, string studentId) => SubmissionId.Create(time, studentId, "geo", 1, Json.Of("{}"));

    private async Task WriteAsync(params SubmissionResult[] results)
    {
        var writer = new ResultWriter(
            _api.Services.GetRequiredService<IAmazonDynamoDB>(), _api.Resources["DynamodbTableName"],
            new Backoff(TimeProvider.System, Random.Shared));
        foreach (var result in results)
        {
            // Overwriting is for completed results; a failure is put on its own.
            if (result.Status == ResultStatus.Failed)
                await writer.PutFailedAsync(result, default);
            else
                await writer.OverwriteAsync([result], default);
        }
    }
}
