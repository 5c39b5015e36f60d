using System.Net;
using System.Text;
using System.Text.Json;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class QuizEndpointTests(Emulators emulators) : IAsyncLifetime
{
    private ApiWorld _api = null!;

    public async Task InitializeAsync() => _api = await ApiWorld.StartAsync(emulators);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task First_put_creates_and_the_next_makes_a_version()
    {
        var first = await PutAsync("geo", Quiz());
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("/quizzes/geo", first.Headers.Location?.OriginalString);
        Assert.Equal(1, (await ApiWorld.ReadAsync(first)).GetProperty("version").GetInt32());

        var second = await PutAsync("geo", Quiz(title: "Changed"));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(2, (await ApiWorld.ReadAsync(second)).GetProperty("version").GetInt32());

        Assert.Equal("Changed", (await _api.GetAsync("/quizzes/geo")).GetProperty("title").GetString());
        Assert.Equal("Capitals", (await _api.GetAsync("/quizzes/geo?version=1")).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Students_see_questions_and_choices_in_order_and_never_the_answer_key()
    {
        await PutAsync("geo", Quiz());
        var text = await _api.Http.GetStringAsync(new Uri("/quizzes/geo", UriKind.Relative));
        Assert.DoesNotContain("correct", text, StringComparison.OrdinalIgnoreCase);
        var question = JsonElement.Parse(text).GetProperty("questions")[0];
        Assert.Equal("q1", question.GetProperty("question_id").GetString());
        Assert.Equal(["Tirana", "Kabul"], question.GetProperty("choices").EnumerateArray().Select(choice => choice.GetString()));

        foreach (var path in new[] { "/quizzes", "/quizzes/geo?version=1" })
            Assert.DoesNotContain("correct", await _api.Http.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Version_is_the_entity_tag()
    {
        await PutAsync("geo", Quiz());
        var first = await _api.Http.GetAsync(new Uri("/quizzes/geo", UriKind.Relative));
        Assert.Equal("\"1\"", first.Headers.ETag?.Tag);

        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync("\"1\"")).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync("W/\"1\", \"7\"")).StatusCode);
        await PutAsync("geo", Quiz());
        Assert.Equal(HttpStatusCode.OK, (await GetIfNoneMatchAsync("\"1\"")).StatusCode);
    }

    [Fact]
    public async Task Paging_walks_every_quiz_exactly_once()
    {
        for (var i = 0; i < 7; i++)
        {
            await PutAsync($"quiz-{i}", Quiz());
            await PutAsync($"quiz-{i}", Quiz());
        }

        var seen = new List<string>();
        var pages = 0;
        for (string? next = "/quizzes?limit=3"; next is not null; pages++)
        {
            var page = await _api.GetAsync(next);
            foreach (var quiz in page.GetProperty("quizzes").EnumerateArray())
            {
                Assert.Equal(2, quiz.GetProperty("version").GetInt32());
                Assert.Equal(2, quiz.GetProperty("question_count").GetInt32());
                seen.Add(quiz.GetProperty("quiz_id").GetString()!);
            }
            Assert.Equal(page.TryGetProperty("next", out var link), page.TryGetProperty("next_page_token", out _));
            next = link.ValueKind == JsonValueKind.String ? link.GetString() : null;
        }
        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"quiz-{i}"), seen.Order());
    }

    [Theory]
    [InlineData("/quizzes?limit=0", "limit")]
    [InlineData("/quizzes?limit=101", "limit")]
    [InlineData("/quizzes?limit=ten", "limit")]
    [InlineData("/quizzes?page_token=", "page_token")]
    [InlineData("/quizzes?page_token=%FF!", "page_token")]
    [InlineData("/quizzes/geo?version=0", "version")]
    [InlineData("/quizzes/geo?version=x", "version")]
    [InlineData("/quizzes/a%20b", "quiz_id")]
    public async Task Bad_parameter_is_refused_by_its_name(string path, string parameter) =>
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri(path, UriKind.Relative)), 400, parameter);

    [Fact]
    public async Task Quiz_and_version_that_do_not_exist_are_not_found()
    {
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri("/quizzes/nope", UriKind.Relative)), 404, "quiz_id");
        await PutAsync("geo", Quiz());
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri("/quizzes/geo?version=2", UriKind.Relative)), 404, "version");
    }

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "title missing", """{"questions":[]}""", 400, "title" },
        { "title a number", """{"title":1,"questions":[]}""", 400, "title" },
        { "questions missing", """{"title":"t"}""", 400, "questions" },
        { "questions an object", """{"title":"t","questions":{}}""", 400, "questions" },
        { "question null", """{"title":"t","questions":[null]}""", 400, "questions[0]" },
        { "unknown member", """{"title":"t","questions":[],"answers":{}}""", 400, "answers" },
        { "unknown member of a question",
            Question("""{"question_id":"q","text":"t","choices":["a","b"],"correct_answer":"a","points":1}"""), 400, "questions[0].points" },
        { "question_id missing", Question("""{"text":"t","choices":["a","b"],"correct_answer":"a"}"""), 400, "questions[0].question_id" },
        { "question_id malformed",
            Question("""{"question_id":"q 1","text":"t","choices":["a","b"],"correct_answer":"a"}"""), 400, "questions[0].question_id" },
        { "text of the wrong type",
            Question("""{"question_id":"q","text":[],"choices":["a","b"],"correct_answer":"a"}"""), 400, "questions[0].text" },
        { "choice a number", Question("""{"question_id":"q","text":"t","choices":["a",2],"correct_answer":"a"}"""), 400, "questions[0].choices[1]" },
        { "choice null", Question("""{"question_id":"q","text":"t","choices":["a",null],"correct_answer":"a"}"""), 400, "questions[0].choices[1]" },
        { "no right answer", Question("""{"question_id":"q","text":"t","choices":["a","b"]}"""), 400, "questions[0].correct_answer" },
        { "half a surrogate pair",
            Question("""{"question_id":"q","text":"\ud800","choices":["a","b"],"correct_answer":"a"}"""), 400, "questions[0].text" },
        { "no questions", """{"title":"t","questions":[]}""", 422, "questions" },
        { "too many questions",
            $$"""{"title":"t","questions":[{{string.Join(',', Enumerable.Range(0, 501).Select(ValidQuestion))}}]}""", 422, "questions" },
        { "blank title", $$"""{"title":" ","questions":[{{ValidQuestion(0)}}]}""", 422, "title" },
        { "title too long", $$"""{"title":"{{new string('t', 201)}}","questions":[{{ValidQuestion(0)}}]}""", 422, "title" },
        { "control character in the title", $$"""{"title":"a\u0000b","questions":[{{ValidQuestion(0)}}]}""", 422, "title" },
        { "text too long",
            Question($$"""{"question_id":"q","text":"{{new string('t', 2001)}}","choices":["a","b"],"correct_answer":"a"}"""),
            422, "questions[0].text" },
        { "one choice", Question("""{"question_id":"q","text":"t","choices":["a"],"correct_answer":"a"}"""), 422, "questions[0].choices" },
        { "27 choices",
            Question($$"""{"question_id":"q","text":"t","choices":[{{Numbers(27)}}],"correct_answer":"1"}"""),
            422, "questions[0].choices" },
        { "choice twice", Question("""{"question_id":"q","text":"t","choices":["a","a"],"correct_answer":"a"}"""), 422, "questions[0].choices[1]" },
        { "choice too long",
            Question($$"""{"question_id":"q","text":"t","choices":["a","{{new string('c', 501)}}"],"correct_answer":"a"}"""),
            422, "questions[0].choices[1]" },
        { "right answer not a choice",
            Question("""{"question_id":"q","text":"t","choices":["a","b"],"correct_answer":"c"}"""), 422, "questions[0].correct_answer" },
        { "question twice", $$"""{"title":"t","questions":[{{ValidQuestion(1)}},{{ValidQuestion(1)}}]}""", 422, "questions[1].question_id" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Bad_quiz_is_refused_by_the_name_of_the_field_and_not_stored(string what, string body, int status, string field)
    {
        Assert.NotEmpty(what);
        await ApiWorld.RefusedAsync(await PutAsync("geo", body), status, field);
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri("/quizzes/geo", UriKind.Relative)), 404, "quiz_id");
    }

    [Fact]
    public async Task All_faults_of_a_quiz_are_told_at_once()
    {
        var body = Question("""{"question_id":"q","text":" ","choices":["a"],"correct_answer":"c"}""");
        var problem = await ApiWorld.RefusedAsync(await PutAsync("geo", body), 422, "questions[0].text");
        Assert.Equal(
            ["questions[0].text", "questions[0].choices", "questions[0].correct_answer"],
            problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Quiz_over_its_limit_is_refused()
    {
        await ApiWorld.RefusedAsync(await PutAsync("geo", Large(409_601)), 413, "body");
        // It fits the body, and not the item.
        await ApiWorld.RefusedAsync(await PutAsync("geo", Large(409_600)), 413, "body");
    }

    [Fact]
    public async Task Largest_quiz_that_the_rules_allow_for_its_size_is_stored_and_read_back()
    {
        var quiz = Large(380_000);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync("geo", quiz)).StatusCode);
        Assert.Equal(
            JsonElement.Parse(quiz).GetProperty("questions").GetArrayLength(),
            (await _api.GetAsync("/quizzes/geo")).GetProperty("questions").GetArrayLength());
    }

    private static string Numbers(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\""));

    private Task<HttpResponseMessage> PutAsync(string quizId, string json) =>
        _api.SendAsync(HttpMethod.Put, $"/quizzes/{quizId}", Encoding.UTF8.GetBytes(json));

    private async Task<HttpResponseMessage> GetIfNoneMatchAsync(string tags)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/quizzes/geo");
        request.Headers.Add("If-None-Match", tags);
        return await _api.Http.SendAsync(request);
    }

    private static string Quiz(string title = "Capitals") => $$"""
        {
          "title": "{{title}}",
          "questions": [
            { "question_id": "q1", "text": "What is the capital of Afghanistan?", "choices": ["Tirana", "Kabul"], "correct_answer": "Kabul" },
            { "question_id": "q2", "text": "What is the capital of Australia?", "choices": ["Canberra", "Sydney"], "correct_answer": "Canberra" }
          ]
        }
        """;

    private static string Question(string question) => $$"""{"title":"t","questions":[{{question}}]}""";

    private static string ValidQuestion(int id) => $$"""{"question_id":"q{{id}}","text":"t","choices":["a","b"],"correct_answer":"a"}""";

    // A valid quiz of exactly so many bytes: the last question's text takes up the difference.
    private static string Large(int bytes)
    {
        var quiz = new StringBuilder("""{"title":"t","questions":[""");
        for (var i = 0; quiz.Length < bytes - 2_000; i++)
            quiz.Append($$"""{"question_id":"q{{i}}","text":"{{new string('t', 1_800)}}","choices":["a","b"],"correct_answer":"a"},""");
        const string last = """{"question_id":"z","text":"@","choices":["a","b"],"correct_answer":"a"}]}""";
        return quiz.Append(last.Replace("@", new string('t', bytes - quiz.Length - last.Length + 1), StringComparison.Ordinal)).ToString();
    }
}
