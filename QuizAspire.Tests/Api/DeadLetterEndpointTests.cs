using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Results;
using QuizAspire.Core.Statistics.Jobs;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.DeadLetters;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>An operator's view of dead letters, over HTTP.</summary>
[Collection(UsesEmulators.Name)]
public sealed class DeadLetterEndpointTests(Emulators emulators) : IAsyncLifetime
{
    private const string Path = "/operations/dead-letters";
    private static readonly DateTimeOffset SentAt = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private ApiWorld _api = null!;
    private DeadLetterWorld _letters = null!;

    private string Name => _letters.Queue.Name;

    public async Task InitializeAsync()
    {
        var resources = await ApiWorld.CreateResourcesAsync(emulators);
        _letters = DeadLetterWorld.Over(emulators.Sqs, DeadLetterQueue.Of(resources["DlqUrl"], resources["SqsQueueUrl"], holdsSubmissions: true));
        _api = ApiWorld.StartOn(emulators, resources, sqs: _ => _letters.Sqs);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _letters.DisposeAsync();
    }

    [Fact]
    public async Task Dead_submissions_are_shown_with_the_reason_of_their_failed_result_and_without_an_answer()
    {
        var known = new SubmissionMessage("ada", "capitals", Json.Of("""{"q1": "a-secret-answer"}"""), null, "homework-7", SentAt, 1);
        var ids = await _letters.SendDeadAsync([("ada", known.ToJson()), ("grace", "a-secret-answer { that is no JSON")]);
        await FailAsync("ada", SentAt, "homework-7", "version 1 of the quiz is not stored");

        var answer = await _api.GetAsync(Path);

        Assert.DoesNotContain("a-secret-answer", answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(3, answer.GetProperty("queues").GetArrayLength());
        var queue = answer.GetProperty("queues")[0];
        Assert.Equal(Name, queue.GetProperty("queue").GetString());
        Assert.Equal(_letters.Queue.SourceName, queue.GetProperty("source_queue").GetString());
        Assert.Equal(2, queue.GetProperty("depth").GetProperty("visible").GetInt32());
        var letter = MessageOf(queue, ids[0]);
        Assert.Equal(
            ("ada", "capitals", "homework-7", "version 1 of the quiz is not stored"),
            (Text(letter, "student_id"), Text(letter, "quiz_id"), Text(letter, "submission_id"), Text(letter, "reason")));
        var unreadable = MessageOf(queue, ids[1]);
        Assert.Equal("grace", Text(unreadable, "student_id"));
        Assert.False(unreadable.TryGetProperty("reason", out _));
        Assert.True(unreadable.GetProperty("receive_count").GetInt32() >= 2);
        Assert.Equal(2, (await _letters.DeadAsync()).Visible);
    }

    [Fact]
    public async Task A_dead_submission_whose_id_was_taken_is_shown_with_the_reason_that_is_recorded_beside()
    {
        var known = new SubmissionMessage("ada", "capitals", Json.Of("""{"q1": "b"}"""), null, "homework-8", SentAt, 1);
        var id = Assert.Single(await _letters.SendDeadAsync([("ada", known.ToJson())]));
        var life = new MessageLife("ada", known.ToJson(), id, null, SentAt, null);
        var beside = SubmissionIdentity.Beside(known, life, life.Apparent).SubmissionId;
        await FailAsync("ada", SentAt, beside, "another submission has this submission_id");

        var letter = MessageOf((await _api.GetAsync($"{Path}?queue={Name}")).GetProperty("queues")[0], id);

        Assert.Equal(("homework-8", "another submission has this submission_id"), (Text(letter, "submission_id"), Text(letter, "reason")));
    }

    [Fact]
    public async Task Dead_letters_are_shown_while_the_tables_cannot_be_read_and_say_so()
    {
        var known = new SubmissionMessage("ada", "capitals", Json.Of("""{"q1": "b"}"""), null, "homework-9", SentAt, 1);
        var ids = await _letters.SendDeadAsync([("ada", known.ToJson()), ("grace", "no JSON")]);
        var resources = new Dictionary<string, string>(_api.Resources) { ["DynamodbTableName"] = "gone", ["SubmissionsTableName"] = "gone-too" };
        await using var api = ApiWorld.StartOn(emulators, resources, sqs: _ => _letters.Sqs);

        var queue = (await api.GetAsync($"{Path}?queue={Name}")).GetProperty("queues")[0];

        var letter = MessageOf(queue, ids[0]);
        Assert.Equal(
            ("ada", "homework-9", "its result could not be read: DynamoDB answered ResourceNotFoundException"),
            (Text(letter, "student_id"), Text(letter, "submission_id"), Text(letter, "reason")));
        var unreadable = MessageOf(queue, ids[1]);
        Assert.Equal(("grace", false), (Text(unreadable, "student_id"), unreadable.TryGetProperty("submission_id", out _)));
        Assert.Contains("could not be read", Text(unreadable, "reason"), StringComparison.Ordinal);
        Assert.Equal(2, (await _letters.DeadAsync()).Visible);
    }

    [Theory]
    [InlineData("StatisticsRequestsDlqUrl")]
    [InlineData("StatisticsCompletedDlqUrl")]
    public async Task Dead_requests_for_statistics_are_shown_with_the_reason_of_their_job_and_without_their_content(string queueUrl)
    {
        var job = new StatisticsJob("0190abcd-0000-8000-8000-000000000001", StatisticsSource.Quiz, "capitals", "raw/a-secret-sheet.csv", SentAt);
        var jobs = new StatisticsJobStore(emulators.Dynamo.Client, _api.Resources["StatisticsJobsTableName"], TimeProvider.System);
        Assert.True(await jobs.FailAsync(job, "S3 answered NoSuchKey", CancellationToken.None));
        var url = _api.Resources[queueUrl];
        var known = (await _api.QueueReader.SendMessageAsync(url, job.ToMessage().ToJson())).MessageId;
        var unknown = (await _api.QueueReader.SendMessageAsync(url, """{"statistics_id":"0190abcd-0000-8000-8000-000000000002"}""")).MessageId;
        var unreadable = (await _api.QueueReader.SendMessageAsync(url, "a-secret-sheet { that is no JSON")).MessageId;

        var answer = await _api.GetAsync($"{Path}?queue={url.Split('/')[^1]}");

        Assert.DoesNotContain("a-secret-sheet", answer.GetRawText(), StringComparison.Ordinal);
        var queue = Assert.Single(answer.GetProperty("queues").EnumerateArray());
        var letter = MessageOf(queue, known);
        Assert.Equal(
            (job.StatisticsId, "capitals", "S3 answered NoSuchKey"), (Text(letter, "statistics_id"), Text(letter, "quiz_id"), Text(letter, "reason")));
        var other = MessageOf(queue, unknown);
        Assert.Equal(("0190abcd-0000-8000-8000-000000000002", false), (Text(other, "statistics_id"), other.TryGetProperty("reason", out _)));
        Assert.False(MessageOf(queue, unreadable).TryGetProperty("statistics_id", out _));
    }

    [Fact]
    public async Task One_queue_can_be_asked_for_and_a_number_of_messages()
    {
        await _letters.SendDeadAsync(Enumerable.Range(0, 5).Select(n => ($"s{n}", "{}")));

        var queue = Assert.Single((await _api.GetAsync($"{Path}?queue={Name}&limit=3")).GetProperty("queues").EnumerateArray());

        Assert.Equal(3, queue.GetProperty("messages").GetArrayLength());
    }

    [Theory]
    [InlineData("?limit=0", 400, "limit")]
    [InlineData("?limit=101", 400, "limit")]
    [InlineData("?limit=many", 400, "limit")]
    [InlineData("?queue=quiz-results", 404, "queue")]
    [InlineData("/redrive?queue=quiz-results", 404, "queue")]
    public async Task A_wrong_question_is_refused_by_its_parameter(string query, int status, string field) =>
        await ApiWorld.RefusedAsync(await _api.Http.GetAsync(new Uri(Path + query, UriKind.Relative)), status, field);

    [Fact]
    public async Task A_whole_queue_is_redriven_by_a_task_whose_progress_can_be_read()
    {
        await _letters.SendDeadAsync(Enumerable.Range(0, 30).Select(n => ($"s{n}", $"body {n}")));

        var answer = await PostAsync("/redrive", new { queue = Name, max_per_second = 500 });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"{Path}/redrive?queue={Name}", answer.Headers.Location!.ToString());
        await StatusBecomesAsync("completed");
        var task = (await _api.GetAsync(answer.Headers.Location.ToString())).GetProperty("tasks")[0];
        Assert.Equal((30, 30, 500), (Number(task, "moved"), Number(task, "to_move"), Number(task, "max_per_second")));
        Assert.Equal(30, (await _letters.TakeSourceAsync()).Count);
    }

    [Fact]
    public async Task While_a_queue_is_redriven_it_is_neither_redriven_nor_purged_and_can_be_cancelled()
    {
        var ids = await _letters.SendDeadAsync([("ada", "at hand"), ("ada", "next")]);
        var (sent, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _letters.Sqs.BeforeDelete = _ =>
        {
            sent.TrySetResult();
            return go.Task;
        };
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/redrive", new { queue = Name })).StatusCode);
        await sent.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await ApiWorld.RefusedAsync(await PostAsync("/redrive", new { queue = Name }), 409, "queue");
        await ApiWorld.RefusedAsync(await PostAsync("/redrive", new { queue = Name, message_ids = ids }), 409, "queue");
        await ApiWorld.RefusedAsync(await PostAsync("/purge", new { queue = Name, confirm = Name }), 409, "queue");
        var cancelled = await PostAsync("/redrive/cancel", new { queue = Name });
        Assert.Equal("cancelling", (await ApiWorld.ReadAsync(cancelled)).GetProperty("status").GetString());
        go.SetResult();
        await StatusBecomesAsync("cancelled");

        Assert.Equal("at hand", Assert.Single(await _letters.TakeSourceAsync()).Body);
        Assert.Equal(1, (await _letters.DeadAsync()).Visible);
        await ApiWorld.RefusedAsync(await PostAsync("/redrive/cancel", new { queue = Name }), 409, "queue");
    }

    [Fact]
    public async Task Chosen_messages_are_redriven_within_the_request()
    {
        var ids = await _letters.SendDeadAsync([("ada", "chosen"), ("grace", "not chosen")]);

        var answer = await PostAsync("/redrive", new { queue = Name, message_ids = new[] { ids[0], "no-such-id" } });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var outcome = await ApiWorld.ReadAsync(answer);
        Assert.Equal(ids[0], Assert.Single(outcome.GetProperty("moved").EnumerateArray()).GetString());
        Assert.Equal("no-such-id", Text(Assert.Single(outcome.GetProperty("not_moved").EnumerateArray()), "message_id"));
        Assert.Equal("chosen", Assert.Single(await _letters.TakeSourceAsync()).Body);
        Assert.Equal("not chosen", Assert.Single(await _letters.TakeDeadAsync()).Body);
    }

    [Theory]
    [InlineData("{}", 400, "queue")]
    [InlineData("""{"queue": "quiz-results"}""", 404, "queue")]
    [InlineData("""{"queue": "NAME", "max_per_second": 0}""", 422, "max_per_second")]
    [InlineData("""{"queue": "NAME", "max_per_second": 501}""", 422, "max_per_second")]
    [InlineData("""{"queue": "NAME", "message_ids": []}""", 422, "message_ids")]
    [InlineData("""{"queue": "NAME", "message_ids": ["m1", null]}""", 422, "message_ids[1]")]
    [InlineData("""{"queue": "NAME", "message_ids": [""]}""", 422, "message_ids[0]")]
    [InlineData("""{"queue": "NAME", "all": true}""", 400, "all")]
    public async Task A_wrong_redrive_is_refused_by_its_field_and_moves_nothing(string body, int status, string field)
    {
        await _letters.SendDeadAsync([("ada", "stays")]);

        await ApiWorld.RefusedAsync(await PostTextAsync("/redrive", body.Replace("NAME", Name, StringComparison.Ordinal)), status, field);

        Assert.Equal(1, (await _letters.DeadAsync()).Visible);
        Assert.Empty(_letters.Sqs.Sent);
    }

    [Fact]
    public async Task More_ids_than_a_request_can_do_are_refused()
    {
        var ids = Enumerable.Range(0, ChosenRedrive.MaxIds + 1).Select(n => $"m{n}");

        await ApiWorld.RefusedAsync(await PostAsync("/redrive", new { queue = Name, message_ids = ids }), 422, "message_ids");
        await ApiWorld.RefusedAsync(await PostAsync("/redrive", new { queue = new string('x', 40_000) }), 413, "body");
    }

    [Theory]
    [InlineData("""{"queue": "NAME"}""")]
    [InlineData("""{"queue": "NAME", "confirm": null}""")]
    [InlineData("""{"queue": "NAME", "confirm": "yes"}""")]
    [InlineData("""{"queue": "NAME", "confirm": "name"}""")]
    public async Task A_purge_that_does_not_name_the_queue_twice_deletes_nothing(string body)
    {
        await _letters.SendDeadAsync([("ada", "stays")]);

        await ApiWorld.RefusedAsync(await PostTextAsync("/purge", body.Replace("NAME", Name, StringComparison.Ordinal)), 422, "confirm");

        Assert.Equal(1, (await _letters.DeadAsync()).Visible);
    }

    [Fact]
    public async Task A_confirmed_purge_deletes_everything_of_that_queue()
    {
        await _letters.SendDeadAsync([("ada", "gone"), ("grace", "gone too")]);
        await _letters.SendAsync([("ada", "in the other queue")]);

        var answer = await PostAsync("/purge", new { queue = Name, confirm = Name });

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(2, (await ApiWorld.ReadAsync(answer)).GetProperty("messages").GetInt32());
        Assert.Equal(0, (await _letters.DeadAsync()).Total);
        Assert.Single(await _letters.TakeSourceAsync());
    }

    private static JsonElement MessageOf(JsonElement queue, string messageId) =>
        Assert.Single(queue.GetProperty("messages").EnumerateArray(), message => Text(message, "message_id") == messageId);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _api.Http.PostAsJsonAsync(Path + path, body);

    private Task<HttpResponseMessage> PostTextAsync(string path, string body) =>
        _api.SendAsync(HttpMethod.Post, Path + path, System.Text.Encoding.UTF8.GetBytes(body));

    private Task StatusBecomesAsync(string status) => Eventually.BecomesTrueAsync(
        async () => Text((await _api.GetAsync($"{Path}/redrive?queue={Name}")).GetProperty("tasks")[0], "status") == status,
        $"the redrive is {status}");

    private async Task FailAsync(string student, DateTimeOffset submittedAt, string submissionId, string reason)
    {
        var writer = new ResultWriter(emulators.Dynamo.Client, _api.Resources["DynamodbTableName"], new(TimeProvider.System, Random.Shared));
        var written = await writer.PutFailedAsync(
            new SubmissionResult(student, ResultKey.From(submittedAt, submissionId), submissionId, "capitals", ResultStatus.Failed, SentAt, Reason: reason),
            default);
        Assert.Equal(WriteStatus.Written, written.Status);
    }
}
