using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Aws;
using QuizAspire.Core.Paging;
using QuizAspire.Core.Results;
using QuizAspire.Core.Scoring;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Stores;

[Collection(UsesDynamo.Name)]
public sealed class ResultStoreTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);

    private string _table = "";
    private ResultStore _store = null!;
    private ResultWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _table = await dynamo.CreateResultsTableAsync();
        _store = new ResultStore(dynamo.Client, _table);
        _writer = new ResultWriter(dynamo.Client, _table, new Backoff(TimeProvider.System, new Random(1)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_result_is_found_by_its_submission_id_as_it_was_written()
    {
        var answers = Json.Of("""{"q1":"A","q2":[1.5,true,null,{"x":"","y":{}}],"q3":-12,"q4":[],"q5":"😀"}""");
        var result = Completed("s1", Noon, answers) with { QuizVersion = 3, Score = 66.67m, TotalQuestions = 3 };

        Assert.Equal([WriteOutcome.Written], await _writer.OverwriteAsync([result], default));
        var found = await _store.FindAsync("s1", result.SubmissionId, default);

        Assert.NotNull(found);
        Assert.True(JsonEquality.AreEqual(answers, found.Answers!.Value));
        Assert.Equal(result with { Answers = null }, found with { Answers = null });
        Assert.Equal(Noon, found.SubmittedAt);
        Assert.Null(await _store.FindAsync("s2", result.SubmissionId, default));
        Assert.Null(await _store.FindAsync("s1", "no-such-id", default));
    }

    [Fact]
    public async Task The_item_has_the_seeds_attributes_and_decimal_numbers()
    {
        var result = Completed("s1", Noon, Json.Of("""{"q1":{"n":2}}""")) with { Score = 100.00m };
        await _writer.OverwriteAsync([result], default);

        var item = (await dynamo.Client.GetItemAsync(_table, Key(result))).Item;

        Assert.Equal($"2026-11-21T12:00:00.123Z/{result.SubmissionId}", item["submission_timestamp"].S);
        Assert.Equal("100", item["score"].N);
        Assert.Equal("1", item["total_questions"].N);
        Assert.Equal("2", item["answers"].M["q1"].M["n"].N);
        Assert.Equal("completed", item["status"].S);
        Assert.Equal("quiz-1", item["quiz_id"].S);
        Assert.Equal("2026-11-21T12:00:05.123Z", item["processing_timestamp"].S);
        Assert.False(item.ContainsKey("reason"));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-200")]
    [InlineData("123456789012345678901234567890123456789")]
    public async Task A_number_that_the_table_cannot_hold_is_kept_as_text(string number)
    {
        var result = Completed("s1", Noon, Json.Of($$"""{"q1":{{number}}}"""));

        Assert.Equal([WriteOutcome.Written], await _writer.OverwriteAsync([result], default));

        var found = await _store.FindAsync("s1", result.SubmissionId, default);
        Assert.Equal(number, found!.Answers!.Value.GetProperty("q1").GetString());
    }

    [Fact]
    public async Task Two_results_of_one_key_in_a_batch_are_one_write()
    {
        var result = Completed("s1", Noon, Json.Of("""{"q1":"A"}"""));

        Assert.Equal([WriteOutcome.Written, WriteOutcome.Written], await _writer.OverwriteAsync([result, result], default));

        Assert.Single((await _store.QueryAsync("s1", 10, null, default)).Items);
    }

    [Fact]
    public async Task More_results_than_one_call_takes_are_all_written()
    {
        var results = Enumerable.Range(0, 60).Select(n => Completed($"s{n}", Noon, Json.Of("{}"))).ToList();

        var outcomes = await _writer.OverwriteAsync(results, default);

        Assert.Equal(60, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal(WriteStatus.Written, outcome.Status));
        Assert.Equal(60, (await dynamo.Client.ScanAsync(new ScanRequest(_table))).Count);
    }

    [Fact]
    public async Task A_refused_item_does_not_take_its_batch_with_it()
    {
        var tooLarge = Completed("s1", Noon, JsonSerializer.SerializeToElement(new { q1 = new string('x', 410 * 1024) }));
        var good = Completed("s2", Noon, Json.Of("{}"));

        var outcomes = await _writer.OverwriteAsync([tooLarge, good], default);

        Assert.Equal([WriteStatus.Refused, WriteStatus.Written], outcomes.Select(outcome => outcome.Status));
        Assert.NotNull(await _store.FindAsync("s2", good.SubmissionId, default));
    }

    [Fact]
    public async Task A_missing_table_is_an_outcome()
    {
        var writer = new ResultWriter(dynamo.Client, "no-such-table", new Backoff(TimeProvider.System, new Random(1)));

        var outcome = Assert.Single(await writer.OverwriteAsync([Completed("s1", Noon, Json.Of("{}"))], default));

        Assert.Equal(WriteStatus.NotConfirmed, outcome.Status);
        Assert.Contains("ResourceNotFoundException", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passed_deadline_is_an_outcome()
    {
        var deadline = new CancellationToken(canceled: true);
        var result = Completed("s1", Noon, Json.Of("{}"));

        Assert.Equal(WriteStatus.NotConfirmed, Assert.Single(await _writer.OverwriteAsync([result], deadline)).Status);
        Assert.Equal(WriteStatus.NotConfirmed, (await _writer.PutOwnAsync(result, "f", deadline)).Status);
    }

    [Fact]
    public async Task A_producers_own_id_is_never_overwritten_by_another_submission()
    {
        var first = Completed("s1", Noon, Json.Of("""{"q1":"A"}"""));
        var second = first with { Answers = Json.Of("""{"q1":"B"}""") };

        Assert.Equal(WriteStatus.Written, (await _writer.PutOwnAsync(first, "fingerprint-a", default)).Status);
        Assert.Equal(WriteStatus.Conflict, (await _writer.PutOwnAsync(second, "fingerprint-b", default)).Status);
        Assert.Equal(WriteStatus.Written, (await _writer.PutOwnAsync(first, "fingerprint-a", default)).Status);

        var found = await _store.FindAsync("s1", first.SubmissionId, default);
        Assert.Equal("A", found!.Answers!.Value.GetProperty("q1").GetString());
    }

    [Fact]
    public async Task A_failure_never_covers_a_completed_result_and_gives_way_to_one()
    {
        var completed = Completed("s1", Noon, Json.Of("{}"));
        var failed = Failed(completed, "first reason");

        Assert.Equal(WriteStatus.Written, (await _writer.PutFailedAsync(failed, default)).Status);
        Assert.Equal(WriteStatus.Written, (await _writer.PutFailedAsync(Failed(completed, "second reason"), default)).Status);
        Assert.Equal("second reason", (await _store.FindAsync("s1", completed.SubmissionId, default))!.Reason);

        Assert.Equal(WriteStatus.Written, (await _writer.PutOwnAsync(completed, "f", default)).Status);
        Assert.Equal(WriteStatus.Conflict, (await _writer.PutFailedAsync(failed, default)).Status);
        Assert.Equal(ResultStatus.Completed, (await _store.FindAsync("s1", completed.SubmissionId, default))!.Status);
    }

    [Fact]
    public async Task Results_are_listed_newest_first_page_by_page()
    {
        var results = Enumerable.Range(0, 7).Select(n => Completed("s1", Noon.AddSeconds(n), Json.Of("{}"))).ToList();
        await _writer.OverwriteAsync([.. results, Completed("s2", Noon, Json.Of("{}"))], default);

        var listed = new List<SubmissionResult>();
        string? token = null;
        do
        {
            var page = await _store.QueryAsync("s1", 3, token, default);
            Assert.InRange(page.Items.Count, 0, 3);
            listed.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Reverse(results).Select(result => result.SubmissionId), listed.Select(result => result.SubmissionId));
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("eyJzdHVkZW50X2lkIjoiczIifQ")] // {"student_id":"s2"}
    public async Task A_forged_page_token_is_refused(string token) =>
        await Assert.ThrowsAsync<InvalidPageTokenException>(() => _store.QueryAsync("s1", 3, token, default));

    private static SubmissionResult Completed(string student, DateTimeOffset at, JsonElement answers)
    {
        var id = SubmissionId.Create(at, student, "quiz-1", 1, answers);
        return new SubmissionResult(student, ResultKey.From(at, id), id, "quiz-1", ResultStatus.Completed, Noon.AddSeconds(5), 50m, 1, answers);
    }

    private static SubmissionResult Failed(SubmissionResult of, string reason) =>
        new(of.StudentId, of.SubmissionTimestamp, of.SubmissionId, of.QuizId, ResultStatus.Failed, Noon, Reason: reason);

    private static Dictionary<string, AttributeValue> Key(SubmissionResult result) => new()
    {
        ["student_id"] = new AttributeValue(result.StudentId),
        ["submission_timestamp"] = new AttributeValue(result.SubmissionTimestamp),
    };
}
