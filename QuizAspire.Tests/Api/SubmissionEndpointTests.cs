using System.Net;
using System.Text.Json;
using Amazon.SQS.Model;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

[Collection(UsesEmulators.Name)]
public sealed class SubmissionEndpointTests(Emulators emulators)
{
    [Fact]
    public async Task Accepted_submission_is_in_the_queue_as_the_functions_read_it()
    {
        var time = ManualTime.AtNoon();
        await using var api = await ApiWorld.StartAsync(emulators, time);
        await api.PutQuizAsync("geo", "q1", "q2");
        await api.PutQuizAsync("geo", "q1", "q2");

        var response = await api.PostAsync("""{"student_id":"s1","quiz_id":"geo","answers":{"q1":"Zürich <b>","q2":[1.50,null,{"a":true}]}}""");
        var id = await ApiWorld.AcceptedIdAsync(Task.FromResult(response));
        Assert.Equal($"/students/s1/submissions/{id}", response.Headers.Location?.OriginalString);
        Assert.Equal("queued", (await ApiWorld.ReadAsync(response)).GetProperty("status").GetString());
        Assert.False(response.Headers.Contains("Idempotency-Replayed"));

        var message = Assert.Single(await api.ReceiveAsync(1));
        Assert.Equal("s1", message.Attributes["MessageGroupId"]);
        Assert.Equal(id, message.Attributes["MessageDeduplicationId"]);
        var body = JsonElement.Parse(message.Body);
        Assert.Equal(
            ["student_id", "quiz_id", "answers", "submission_id", "submitted_at", "quiz_version"],
            body.EnumerateObject().Select(member => member.Name));
        Assert.Equal("s1", body.GetProperty("student_id").GetString());
        Assert.Equal("geo", body.GetProperty("quiz_id").GetString());
        Assert.Equal(id, body.GetProperty("submission_id").GetString());
        Assert.Equal(2, body.GetProperty("quiz_version").GetInt32());
        Assert.Equal(time.GetUtcNow(), body.GetProperty("submitted_at").GetDateTimeOffset());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"q1":"Zürich <b>","q2":[1.50,null,{"a":true}]}"""), body.GetProperty("answers")));
    }

    [Fact]
    public async Task Submission_on_its_way_is_found_as_queued()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await api.PutQuizAsync("geo", "q1");
        var accepted = await api.SubmitAsync("s1", "geo", new { q1 = "right" });

        var response = await api.Http.GetAsync(accepted.Headers.Location);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal("queued", (await ApiWorld.ReadAsync(response)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Question_of_a_version_that_another_instance_stored_a_moment_ago_is_known()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await using var other = ApiWorld.StartOn(emulators, api.Resources);
        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "x" }));
        await ApiWorld.RefusedAsync(await api.SubmitAsync("s1", "geo", new { q2 = "x" }), 422, "answers.q2");

        await other.PutQuizAsync("geo", "q1", "q2");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q2 = "x" }));
        Assert.Equal([1, 2], (await api.ReceiveAsync(2)).Select(VersionOf));
    }

    [Fact]
    public async Task Version_of_a_quiz_is_remembered_for_ten_seconds_and_no_longer()
    {
        var time = ManualTime.AtNoon();
        await using var api = await ApiWorld.StartAsync(emulators, time);
        await using var other = ApiWorld.StartOn(emulators, api.Resources, time);
        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }));
        await other.PutQuizAsync("geo", "q1");

        time.Advance(TimeSpan.FromSeconds(9.9));
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "b" }));
        time.Advance(TimeSpan.FromSeconds(0.2));
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "c" }));
        Assert.Equal([1, 1, 2], (await api.ReceiveAsync(3)).Select(VersionOf));
    }

    [Fact]
    public async Task Own_put_counts_at_once()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }));
        await api.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "b" }));
        Assert.Equal([1, 2], (await api.ReceiveAsync(2)).Select(VersionOf));
    }

    [Fact]
    public async Task Quiz_that_was_unknown_is_known_once_it_is_there()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await using var other = ApiWorld.StartOn(emulators, api.Resources);
        await ApiWorld.RefusedAsync(await api.SubmitAsync("s1", "geo", new { q1 = "a" }), 404, "quiz_id");
        await other.PutQuizAsync("geo", "q1");
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }));
    }

    [Fact]
    public async Task Concurrent_submissions_are_each_accepted_once_and_share_calls()
    {
        StubSqs? counted = null;
        await using var api = await ApiWorld.StartAsync(emulators, sqs: real => counted = new StubSqs(real.SendMessageBatchAsync));
        await api.PutQuizAsync("geo", "q1");

        var ids = await Task.WhenAll(Enumerable.Range(0, 400)
            .Select(i => ApiWorld.AcceptedIdAsync(api.SubmitAsync($"s{i % 50}", "geo", new { q1 = i }))));
        Assert.Equal(400, ids.Distinct().Count());
        var messages = await api.ReceiveAsync(400);
        Assert.Equal(ids.Order(), messages.Select(message => message.Attributes["MessageDeduplicationId"]).Order());
        Assert.Empty(await api.ReceiveOnceAsync());
        Assert.InRange(counted!.Batches.Count, 40, 300);
    }

    [Fact]
    public async Task Students_own_submissions_stay_in_order_while_sixteen_students_post()
    {
        await using var api = await ApiWorld.StartAsync(emulators);
        await api.PutQuizAsync("geo", "q1");

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async student =>
        {
            for (var i = 0; i < 20; i++)
                await ApiWorld.AcceptedIdAsync(api.SubmitAsync($"s{student}", "geo", new { q1 = i }));
        }));

        foreach (var own in (await api.ReceiveAsync(320)).GroupBy(message => message.Attributes["MessageGroupId"]))
            Assert.Equal(
                Enumerable.Range(0, 20),
                own.Select(message => JsonElement.Parse(message.Body).GetProperty("answers").GetProperty("q1").GetInt32()));
    }

    private static int VersionOf(Message message) => JsonElement.Parse(message.Body).GetProperty("quiz_version").GetInt32();
}
