using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>The function in its own process, through its own runtime loop: what it makes of a batch.</summary>
[Collection(UsesDynamo.Name)]
public sealed class QuizProcessorBatchTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private QuizProcessorRig _rig = null!;
    private FunctionProcess _function = null!;

    public async Task InitializeAsync()
    {
        _rig = await QuizProcessorRig.CreateAsync(dynamo);
        _function = _rig.StartFunction();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task A_batch_is_scored_and_stored()
    {
        Delivery[] batch = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2", "B"), Delivery.OfSeed("s1", "B")];

        Assert.Empty(await _rig.DeliverAsync(batch));

        await _rig.AssertStoredAsync(batch);
        var items = await _rig.ItemsAsync();
        Assert.Equal(["0", "0", "100"], items.Select(item => item["score"].N).Order(StringComparer.Ordinal));
        Assert.All(items, item => Assert.Equal("1", item["total_questions"].N));
    }

    [Fact]
    public async Task Submissions_without_a_key_are_scored_with_the_stored_one()
    {
        await _rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "A")]), default);
        await _rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "B")]), default);

        Assert.Empty(await _rig.DeliverAsync(Without("s1", null), Without("s2", 1), Without("s3", 2)));

        Assert.Equal(
            [("s1", "0", "2"), ("s2", "100", "1"), ("s3", "0", "2")],
            (await _rig.ItemsAsync()).Select(item => (item["student_id"].S, item["score"].N, item["quiz_version"].N)).Order());
    }

    [Fact]
    public async Task An_unknown_quiz_scores_zero_of_zero_unless_a_version_was_promised()
    {
        var unknown = Without("s1", null);
        var promised = Without("s2", 7);

        Assert.Equal([promised.MessageId], await _rig.DeliverAsync(unknown, promised));

        var item = Assert.Single(await _rig.ItemsAsync());
        Assert.Equal(("s1", "0", "0"), (item["student_id"].S, item["score"].N, item["total_questions"].N));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_poison_message_fails_alone_wherever_it_is(int position)
    {
        List<Delivery> good = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2"), Delivery.OfSeed("s3"), Delivery.OfSeed("s4")];
        var poison = Delivery.Poison("poisoned");

        Assert.Equal([poison.MessageId], await _rig.DeliverAsync([.. good[..position], poison, .. good[position..]]));

        await _rig.AssertStoredAsync(good);
    }

    [Fact]
    public async Task A_failure_holds_back_the_rest_of_its_group_and_no_other()
    {
        var (a1, b1, aBad, b2, a2, b3) = (
            Delivery.OfSeed("a"), Delivery.OfSeed("b"), Delivery.Poison("a"), Delivery.OfSeed("b"), Delivery.OfSeed("a"), Delivery.OfSeed("b"));

        Assert.Equal([aBad.MessageId, a2.MessageId], await _rig.DeliverAsync(a1, b1, aBad, b2, a2, b3));

        await _rig.AssertStoredAsync(a1, b1, b2, b3);
    }

    [Fact]
    public async Task On_its_last_receive_a_poison_message_leaves_a_failed_result_and_holds_nothing_back()
    {
        var poison = Delivery.Poison("s1") with { Receive = QuizProcessorRig.MaxReceiveCount };
        var next = Delivery.OfSeed("s1") with { Receive = QuizProcessorRig.MaxReceiveCount };

        Assert.Equal([poison.MessageId], await _rig.DeliverAsync(poison, next));

        var items = await _rig.ItemsAsync();
        var failed = Assert.Single(items, item => item["status"].S == "failed");
        Assert.Equal("s1", failed["student_id"].S);
        Assert.Equal("unknown", failed["quiz_id"].S);
        Assert.Contains("not JSON", failed["reason"].S, StringComparison.Ordinal);
        Assert.False(failed.ContainsKey("score"));
        var completed = Assert.Single(items, item => item["status"].S == "completed");
        Assert.Equal(next.SubmissionId, completed["submission_id"].S);
    }

    [Fact]
    public async Task Redelivered_submissions_leave_one_result_each()
    {
        Delivery[] batch = [Delivery.OfSeed("s1"), Delivery.OfSeed("s2"), Accepted("s3")];

        Assert.Empty(await _rig.DeliverAsync(batch));
        Assert.Empty(await _rig.DeliverAsync(batch.Select(delivery => delivery with { Receive = 2 })));

        Assert.Equal(["s1", "s2", "s3"], (await _rig.ItemsAsync()).Select(item => item["student_id"].S).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_submission_twice_in_a_batch_leaves_one_result()
    {
        var first = Accepted("s1");
        var second = first with { MessageId = Guid.NewGuid().ToString() };

        Assert.Empty(await _rig.DeliverAsync(first, second, Delivery.OfSeed("s2")));

        Assert.Equal(["s1", "s2"], (await _rig.ItemsAsync()).Select(item => item["student_id"].S).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_accepted_id_with_other_content_is_refused()
    {
        var accepted = Accepted("s1");
        var forged = accepted with
        {
            Body = accepted.Body.Replace("\"A\"", "\"B\"", StringComparison.Ordinal),
            MessageId = "forged",
            Receive = QuizProcessorRig.MaxReceiveCount,
        };
        Assert.NotEqual(accepted.Body, forged.Body);

        Assert.Equal(["forged"], await _rig.DeliverAsync(forged, accepted));

        var items = await _rig.ItemsAsync();
        Assert.Equal("A", Assert.Single(items, item => item["status"].S == "completed")["answers"].M["q1"].S);
        var failed = Assert.Single(items, item => item["status"].S == "failed");
        Assert.Equal(SubmissionId.ForMessage(Delivery.SentAt, Fingerprint.HexOf(forged.Group, forged.Body)), failed["submission_id"].S);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_producers_id_used_again_for_other_content_never_overwrites(bool inOneBatch)
    {
        var first = Delivery.OfOwnId("s1", "A");
        var other = Delivery.OfOwnId("s1", "B") with { Receive = QuizProcessorRig.MaxReceiveCount };
        var same = Delivery.OfOwnId("s1", "A");

        var failures = inOneBatch
            ? await _rig.DeliverAsync(first, other, same)
            : [.. await _rig.DeliverAsync(first), .. await _rig.DeliverAsync(other), .. await _rig.DeliverAsync(same)];

        Assert.Equal([other.MessageId], failures);
        var items = await _rig.ItemsAsync();
        var stored = Assert.Single(items, item => item["status"].S == "completed");
        Assert.Equal(("homework-7", "A"), (stored["submission_id"].S, stored["answers"].M["q1"].S));
        Assert.Contains("another submission", Assert.Single(items, item => item["status"].S == "failed")["reason"].S, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_result_gives_way_when_the_message_is_redriven()
    {
        var promised = Without("s1", 1) with { Receive = QuizProcessorRig.MaxReceiveCount };
        Assert.Equal([promised.MessageId], await _rig.DeliverAsync(promised));
        Assert.Equal("failed", Assert.Single(await _rig.ItemsAsync())["status"].S);

        await _rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "A")]), default);
        Assert.Empty(await _rig.DeliverAsync(promised with { Receive = 1 }));

        var item = Assert.Single(await _rig.ItemsAsync());
        Assert.Equal(("completed", "100"), (item["status"].S, item["score"].N));
    }

    [Fact]
    public async Task A_message_without_id_that_tells_its_time_is_the_same_submission_when_it_is_redriven()
    {
        var body = new SubmissionMessage("s1", "quiz-1", Json.Of("""{"q1": "A"}"""), SubmittedAt: Delivery.SentAt, QuizVersion: 1).ToJson();
        var failing = new Delivery("s1", body, QuizProcessorRig.MaxReceiveCount) { DeduplicationId = "sent-once" };
        Assert.Equal([failing.MessageId], await _rig.DeliverAsync(failing));
        await _rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "A")]), default);

        var redriven = failing with { Receive = 1, MessageId = Guid.NewGuid().ToString(), Sent = Delivery.SentAt.AddHours(1) };
        Assert.Empty(await _rig.DeliverAsync(redriven));

        Assert.Equal("completed", Assert.Single(await _rig.ItemsAsync())["status"].S);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Records\": null}")]
    [InlineData("{\"Records\": [null]}")]
    [InlineData("{\"Records\": [{\"body\": \"{}\"}]}")]
    [InlineData("{\"Records\": [{\"messageId\": \"m1\", \"body\": \"{}\"}]}")]
    public async Task An_event_that_is_no_batch_is_an_error_that_says_so_and_the_next_is_handled(string garbage)
    {
        var answer = await _rig.InvokeRaw(garbage).Answer;

        Assert.True(answer.IsError);
        Assert.Contains("not a batch of SQS messages", answer.Json, StringComparison.Ordinal);
        Assert.Empty(await _rig.DeliverAsync(Delivery.OfSeed("s1")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"Records\": 7}")]
    public async Task An_event_of_another_shape_is_an_error_and_the_next_is_handled(string garbage)
    {
        Assert.True((await _rig.InvokeRaw(garbage).Answer).IsError);
        Assert.Empty(await _rig.DeliverAsync(Delivery.OfSeed("s1")));
    }

    [Fact]
    public async Task A_batch_is_logged_in_one_line_without_any_answer()
    {
        await _rig.DeliverAsync(Delivery.OfSeed("s1", "a-secret-answer"), Delivery.OfSeed("s2", "a-secret-answer"));
        await _rig.DeliverAsync(
            new Delivery("s3", """{"student_id": "s3", "quiz_id": "quiz-1", "answers": "a-secret-answer"}""", QuizProcessorRig.MaxReceiveCount));

        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(_function.Output.Contains("batch records=1 failures=1", StringComparison.Ordinal)), "both batches are logged");
        Assert.Single(_function.Output.Split('\n'), line => line.Contains("batch records=2 failures=0", StringComparison.Ordinal));
        Assert.Contains("answers is not an object", _function.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-answer", _function.Output, StringComparison.Ordinal);
    }

    private static Delivery Without(string student, int? version) =>
        new(student, new SubmissionMessage(student, "quiz-1", Json.Of("""{"q1": "A"}"""), QuizVersion: version).ToJson());

    private static Delivery Accepted(string student)
    {
        var answers = Json.Of("""{"q1":"A"}""");
        var id = SubmissionId.Create(Delivery.SentAt, student, "quiz-1", null, answers);
        return new Delivery(student, new SubmissionMessage(student, "quiz-1", answers, null, id, Delivery.SentAt).ToJson());
    }
}
