using System.Text.Json.Nodes;
using QuizAspire.Load;
using QuizAspire.Load.Questions;

namespace QuizAspire.Tests.Load;

public sealed class LoadRunTests
{
    [Fact]
    public async Task Every_submission_is_accepted_seen_and_found_right()
    {
        await using var api = await FakeApi.StartAsync();

        var report = await RunAsync(api);

        Assert.Empty(report.Violations);
        Assert.Equal((40, 40, 40), (report.Accepted.Count, report.Results.Count, report.Outcomes.Count));
        Assert.Equal((0, 0, 0), (report.Attempts.Unavailable, report.Attempts.Lost, report.Attempts.Faults));
        Assert.All(report.Lines(), line => Assert.DoesNotContain("none", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_lost_and_unanswered_posts_are_sent_again_and_accepted_once()
    {
        await using var api = await FakeApi.StartAsync(
            before: (number, http) => number % 7 == 0 && Answer(http, 503) || number % 11 == 0 && Answer(http, 500),
            after: (number, http) => number % 3 == 0 && Abort(http));

        var report = await RunAsync(api);

        Assert.Empty(report.Violations);
        Assert.Equal(40, report.Accepted.Count);
        Assert.True(report.Attempts is { Unavailable: > 0, Lost: > 0, Faults: > 0 });
    }

    [Fact]
    public async Task A_server_that_loses_doubles_or_garbles_results_is_found_out()
    {
        await using var api = await FakeApi.StartAsync(store: (number, result) => number switch
        {
            5 => [],
            6 => [result, (JsonObject)result.DeepClone()],
            7 => [With(result, "score", 12.34m)],
            8 => [result, With((JsonObject)result.DeepClone(), "submission_id", "another")],
            _ => [result],
        });

        var report = await RunAsync(api, TimeSpan.FromSeconds(2)); // the lost one is waited for until then

        Assert.Equal(4, report.Violations.Count);
        foreach (var expected in new[] { "lost", "stored 2 times", "score 12.34", "another is unexpected" })
            Assert.Contains(report.Violations, violation => violation.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--questions")]
    [InlineData("--submissions 10")]
    [InlineData("--questions f --submissions 0")]
    [InlineData("--questions f --questions-per-quiz 501")]
    [InlineData("--questions f --wat 1")]
    public void A_wrong_command_line_is_refused(string line) => Assert.Throws<FormatException>(() => LoadOptions.Parse(line.Split(' ')));

    [Fact]
    public void Options_are_read_in_any_order()
    {
        var options = LoadOptions.Parse(["--connections", "4", "--questions", "f", "--api", "http://127.0.0.1:1", "--deadline", "9"]);

        Assert.Equal(new LoadOptions("f") { Connections = 4, Api = new("http://127.0.0.1:1"), Deadline = TimeSpan.FromSeconds(9) }, options);
    }

    private static Task<LoadReport> RunAsync(FakeApi api, TimeSpan? deadline = null)
    {
        var trivia = Enumerable.Range(0, 12).Select(i => new TriviaQuestion($"question {i}", ["a", "b", "c"], "b"));
        var options = new LoadOptions("unused")
        {
            Api = api.Address,
            Submissions = 40,
            Connections = 4,
            Deadline = deadline ?? TimeSpan.FromSeconds(60),
        };
        return new LoadRun(options, LoadQuiz.Divide([.. trivia], 5, "run"), "run", TimeProvider.System).ExecuteAsync();
    }

    private static bool Answer(Microsoft.AspNetCore.Http.HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = "0";
        return true;
    }

    private static bool Abort(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Abort();
        return true;
    }

    private static JsonObject With(JsonObject result, string name, JsonNode value)
    {
        result[name] = value;
        return result;
    }
}
