using System.Text;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class SubmissionRefusalTests(Emulators emulators) : IAsyncLifetime
{
    private static readonly string Deep = new string('[', 17) + new string(']', 17);
    private ApiWorld _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiWorld.StartAsync(emulators);
        await _api.PutQuizAsync("geo", "q1", "q2");
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "no body", "", 400, "body" },
        { "not JSON", "student_id=a", 400, "body" },
        { "null", "null", 400, "body" },
        { "an array", "[]", 400, "body" },
        { "cut off", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x" """, 400, "answers" },
        { "two values", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x"}} {}""", 400, "body" },
        { "trailing comma", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x"},}""", 400, "body" },
        { "byte order mark", "\uFEFF{\"student_id\":\"s1\",\"quiz_id\":\"geo\",\"answers\":{\"q1\":\"x\"}}", 400, "body" },
        { "nothing in it", "{}", 400, "student_id" },
        { "no student", """{"quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "no quiz", """{"student_id":"s1","answers":{"q1":"x"}}""", 400, "quiz_id" },
        { "no answers", """{"student_id":"s1","quiz_id":"geo"}""", 400, "answers" },
        { "null student", """{"student_id":null,"quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "null answers", """{"student_id":"s1","quiz_id":"geo","answers":null}""", 400, "answers" },
        { "student a number", """{"student_id":1,"quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "quiz an object", """{"student_id":"s1","quiz_id":{},"answers":{"q1":"x"}}""", 400, "quiz_id" },
        { "answers an array", """{"student_id":"s1","quiz_id":"geo","answers":["x"]}""", 400, "answers" },
        { "answers a string", """{"student_id":"s1","quiz_id":"geo","answers":"x"}""", 400, "answers" },
        { "a key of one's own", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x"},"correct_answers":{"q1":"x"}}""", 400, "correct_answers" },
        { "wrong case", """{"Student_Id":"s1","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "Student_Id" },
        { "student twice", """{"student_id":"s1","student_id":"s2","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "answer twice", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x","q1":"y"}}""", 400, "answers" },
        { "empty id", """{"student_id":"","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id too long", $$$"""{"student_id":"{{{new string('s', 129)}}}","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id with a space", """{"student_id":"s 1","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id with a slash", """{"student_id":"s/1","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id with NUL", """{"student_id":"s\u0000","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id with a newline", """{"student_id":"s1","quiz_id":"geo\n","answers":{"q1":"x"}}""", 400, "quiz_id" },
        { "id a path step", """{"student_id":"..","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "id not ASCII", """{"student_id":"zoé","quiz_id":"geo","answers":{"q1":"x"}}""", 400, "student_id" },
        { "raw control character", "{\"student_id\":\"s\u0001\",\"quiz_id\":\"geo\",\"answers\":{\"q1\":\"x\"}}", 400, "student_id" },
        { "half a surrogate pair", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"\ud800"}}""", 400, "answers.q1" },
        { "half a pair deep inside", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":[{"a":"\udc00"}]}}""", 400, "answers.q1" },
        { "half a pair in a name", """{"student_id":"s1","quiz_id":"geo","answers":{"\ud800":1}}""", 400, "answers" },
        { "too deep", $$$"""{"student_id":"s1","quiz_id":"geo","answers":{"q1":{{{Deep}}}}}""", 400, "answers" },
        { "no answer in it", """{"student_id":"s1","quiz_id":"geo","answers":{}}""", 422, "answers" },
        { "unknown question", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"x","q9":"x"}}""", 422, "answers.q9" },
        { "question without a name", """{"student_id":"s1","quiz_id":"geo","answers":{"":"x"}}""", 422, "answers." },
        { "endless number", $$$"""{"student_id":"s1","quiz_id":"geo","answers":{"q1":[{{{new string('9', 129)}}}]}}""", 422, "answers.q1" },
        { "member without a name", """{"student_id":"s1","quiz_id":"geo","answers":{"q1":{"":1}}}""", 422, "answers.q1" },
        { "unknown quiz", """{"student_id":"s1","quiz_id":"nope","answers":{"q1":"x"}}""", 404, "quiz_id" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Bad_submission_is_refused_by_the_name_of_the_field(string what, string body, int status, string field)
    {
        Assert.NotEmpty(what);
        await ApiWorld.RefusedAsync(await _api.PostAsync(body), status, field);
        Assert.Empty(await _api.ReceiveOnceAsync());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\tb")]
    public async Task Malformed_idempotency_key_is_refused(string key) =>
        await ApiWorld.RefusedAsync(await _api.SubmitAsync("s1", "geo", new { q1 = "x" }, key), 400, "Idempotency-Key");

    [Fact]
    public async Task Idempotency_key_of_256_characters_is_refused_and_one_of_255_is_not()
    {
        await ApiWorld.RefusedAsync(await _api.SubmitAsync("s1", "geo", new { q1 = "x" }, new string('k', 256)), 400, "Idempotency-Key");
        await ApiWorld.AcceptedIdAsync(_api.SubmitAsync("s1", "geo", new { q1 = "x" }, new string('k', 255)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Body_that_is_not_JSON_in_UTF8_by_its_type_is_refused(string contentType) =>
        await ApiWorld.RefusedAsync(
            await _api.SendAsync(HttpMethod.Post, "/submissions", "{}"u8.ToArray(), contentType: contentType), 415, "Content-Type");

    [Fact]
    public async Task Body_that_is_not_UTF8_is_refused()
    {
        byte[] body = [.. "{\"student_id\":\"s1\",\"quiz_id\":\"geo\",\"answers\":{\"q1\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        await ApiWorld.RefusedAsync(await _api.SendAsync(HttpMethod.Post, "/submissions", body), 400, "body");
    }

    [Fact]
    public async Task Body_of_256_KB_is_accepted_and_one_byte_more_is_not()
    {
        var largest = Padded(262_144);
        await ApiWorld.AcceptedIdAsync(_api.SendAsync(HttpMethod.Post, "/submissions", largest));
        await ApiWorld.RefusedAsync(await _api.SendAsync(HttpMethod.Post, "/submissions", Padded(262_145)), 413, "body");
    }

    [Fact]
    public async Task Chunked_body_over_the_limit_is_refused_while_it_is_read()
    {
        using var content = new StreamContent(new MemoryStream(Padded(262_145)));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/submissions") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        await ApiWorld.RefusedAsync(await _api.Http.SendAsync(request), 413, "body");
    }

    [Fact]
    public async Task Answers_that_outgrow_a_message_are_refused_before_they_are_recorded()
    {
        // DEL is one byte here and six once it is escaped.
        var body = $$$"""{"student_id":"s1","quiz_id":"geo","answers":{"q1":"{{{new string('\u007F', 200_000)}}}"}}""";
        await ApiWorld.RefusedAsync(await _api.PostAsync(body), 413, "answers");
    }

    [Fact]
    public async Task Wrong_path_and_wrong_method_are_problem_details_too()
    {
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri("/nowhere", UriKind.Relative)), 404, "path");
        await ApiWorld.RefusedAsync(await _api.Http.DeleteAsync(new Uri("/submissions", UriKind.Relative)), 405, "method");
    }

    private static byte[] Padded(int bytes)
    {
        const string body = """{"student_id":"s1","quiz_id":"geo","answers":{"q1":""}}""";
        return Encoding.ASCII.GetBytes(body.Insert(body.Length - 3, new string('a', bytes - body.Length)));
    }
}
