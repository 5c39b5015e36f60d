using System.Net;
using System.Text.Json;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class IdempotencyTests(Emulators emulators) : IAsyncLifetime
{
    private readonly ManualTime _time = ManualTime.AtNoon();
    private ApiWorld _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiWorld.StartAsync(emulators, _time);
        await _api.PutQuizAsync("geo", "q1", "q2");
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Same_body_within_five_minutes_is_the_same_submission_whatever_its_spelling()
    {
        var first = await IdAsync("""{"student_id":"s1","quiz_id":"geo","answers":{"q1":1,"q2":"é"}}""");
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        var again = await _api.PostAsync("""{ "answers": { "q2": "\u00e9", "q1": 1.0 }, "quiz_id": "geo", "student_id": "s1" }""");
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(first, await ApiWorld.AcceptedIdAsync(Task.FromResult(again)));

        Assert.Single(await _api.ReceiveAsync(1));
        Assert.Empty(await _api.ReceiveOnceAsync());
    }

    [Fact]
    public async Task Same_body_after_five_minutes_is_another_submission_and_both_are_found()
    {
        var first = await IdAsync();
        _time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        var second = await IdAsync();
        Assert.NotEqual(first, second);
        Assert.Equal(2, (await _api.ReceiveAsync(2)).Count);
        foreach (var id in new[] { first, second })
            Assert.Equal(HttpStatusCode.Accepted, (await _api.Http.GetAsync(new Uri($"/students/s1/submissions/{id}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Same_body_of_another_student_is_another_submission() =>
        Assert.NotEqual(await IdAsync(), await IdAsync("""{"student_id":"s2","quiz_id":"geo","answers":{"q1":"a"}}"""));

    [Fact]
    public async Task Same_key_is_the_same_submission_for_a_day()
    {
        var first = await IdAsync(key: "k");
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(first, await IdAsync(key: "k"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotEqual(first, await IdAsync(key: "k"));
    }

    [Fact]
    public async Task Key_used_for_another_body_is_refused_and_nothing_is_sent()
    {
        await IdAsync(key: "k");
        await _api.ReceiveAsync(1);
        var other = await _api.PostAsync("""{"student_id":"s1","quiz_id":"geo","answers":{"q1":"b"}}""", "k");
        await ApiWorld.RefusedAsync(other, 422, "Idempotency-Key");
        Assert.Empty(await _api.ReceiveOnceAsync());
    }

    [Theory]
    [InlineData("k")]
    [InlineData(null)]
    public async Task Retry_is_the_same_submission_although_the_quiz_has_lost_the_question_since(string? key)
    {
        var first = await IdAsync(key: key);
        await _api.PutQuizAsync("geo", "q2");

        Assert.Equal(first, await IdAsync(key: key));

        var message = JsonElement.Parse(Assert.Single(await _api.ReceiveAsync(1)).Body);
        Assert.Equal(1, message.GetProperty("quiz_version").GetInt32());
        Assert.Empty(await _api.ReceiveOnceAsync());
        var other = await _api.PostAsync("""{"student_id":"s1","quiz_id":"geo","answers":{"q1":"b"}}""", key);
        await ApiWorld.RefusedAsync(other, 422, "answers.q1");
        _time.Advance(TimeSpan.FromHours(25));
        await ApiWorld.RefusedAsync(await _api.SubmitAsync("s1", "geo", new { q1 = "a" }, key), 422, "answers.q1");
    }

    [Fact]
    public async Task Key_is_the_students_own()
    {
        await IdAsync(key: "k");
        await IdAsync("""{"student_id":"s2","quiz_id":"geo","answers":{"q1":"b"}}""", "k");
        Assert.Equal(2, (await _api.ReceiveAsync(2)).Count);
    }

    [Fact]
    public async Task Different_keys_make_different_submissions_of_one_body()
    {
        var first = await IdAsync(key: "k1");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first, await IdAsync(key: "k2"));
    }

    [Fact]
    public async Task Concurrent_duplicates_over_two_instances_are_one_submission()
    {
        await using var other = ApiWorld.StartOn(emulators, _api.Resources, _time);
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            ApiWorld.AcceptedIdAsync((i % 2 == 0 ? _api : other).SubmitAsync("s1", "geo", new { q1 = "a" }, "k"))));
        Assert.Single(ids.Distinct());
        Assert.Single(await _api.ReceiveAsync(1));
        Assert.Empty(await _api.ReceiveOnceAsync());
    }

    private Task<string> IdAsync(string body = """{"student_id":"s1","quiz_id":"geo","answers":{"q1":"a"}}""", string? key = null) =>
        ApiWorld.AcceptedIdAsync(_api.PostAsync(body, key));
}
