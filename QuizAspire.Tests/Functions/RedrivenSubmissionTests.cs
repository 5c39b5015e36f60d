using Amazon.DynamoDBv2.Model;
using QuizAspire.Core.Quizzes;
using QuizAspire.Core.Submissions;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>
/// The function through its own runtime loop, with messages that died and were sent back: one result each, whatever the message tells of
/// itself and however it was redriven.
/// </summary>
[Collection(UsesDynamo.Name)]
public sealed class RedrivenSubmissionTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private const int Last = QuizProcessorRig.MaxReceiveCount;

    private QuizProcessorRig _rig = null!;

    public static TheoryData<string, RedriveKind> Submissions()
    {
        var cases = new TheoryData<string, RedriveKind>();
        foreach (var identity in Bodies.Keys)
        {
            foreach (var kind in Redrives.Kinds)
                cases.Add(identity, kind);
        }
        return cases;
    }

    public static TheoryData<RedriveKind> AllKinds() => [.. Redrives.Kinds];

    /// <summary>A submission of a quiz that is not stored yet, by what it tells of its identity.</summary>
    private static Dictionary<string, string> Bodies { get; } = new()
    {
        ["the API's id"] = Message(SubmissionId.Create(Delivery.SentAt, "s1", "quiz-1", 1, Answers), Delivery.SentAt),
        ["own id with time"] = Message("homework-7", Delivery.SentAt),
        ["own id of version 7"] = Message(Guid.CreateVersion7(Delivery.SentAt).ToString(), null),
        ["own id without time"] = Message("homework-7", null),
        ["time without id"] = Message(null, Delivery.SentAt),
        ["the seed's, neither"] = Message(null, null),
    };

    private static System.Text.Json.JsonElement Answers => Json.Of("""{"q1": "A"}""");

    public async Task InitializeAsync()
    {
        _rig = await QuizProcessorRig.CreateAsync(dynamo);
        _rig.StartFunction();
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [MemberData(nameof(Submissions))]
    public async Task A_redriven_submission_turns_its_failed_result_into_a_completed_one(string identity, RedriveKind kind)
    {
        var delivery = new Delivery("s1", Bodies[identity], Last) { DeduplicationId = "sent-once" };
        Assert.Equal([delivery.MessageId], await _rig.DeliverAsync(delivery));
        var failed = Assert.Single(await _rig.ItemsAsync());
        Assert.Equal("failed", failed["status"].S);

        // Redriven too early, so that it dies a second time.
        var second = delivery.Redriven(kind, Last);
        Assert.Equal([second.MessageId], await _rig.DeliverAsync(second));
        Assert.Equal(Key(failed), Key(Assert.Single(await _rig.ItemsAsync())));

        await StoreQuizAsync();
        Assert.Empty(await _rig.DeliverAsync(second.Redriven(kind)));
        var completed = Assert.Single(await _rig.ItemsAsync());
        Assert.Equal((Key(failed), "completed"), (Key(completed), completed["status"].S));
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task The_failed_result_of_a_message_that_cannot_be_read_stays_one_through_any_number_of_redrives(RedriveKind kind)
    {
        var life = Delivery.Poison("s1") with { Receive = Last };
        for (var redrive = 0; redrive < 4; redrive++)
        {
            Assert.Equal([life.MessageId], await _rig.DeliverAsync(life));
            Assert.Equal("failed", Assert.Single(await _rig.ItemsAsync())["status"].S);
            life = life.Redriven(kind, Last);
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task The_failure_of_an_id_that_is_anothers_stays_one_beside_it(RedriveKind kind)
    {
        Assert.Empty(await _rig.DeliverAsync(Delivery.OfOwnId("s1", "A")));
        var life = Delivery.OfOwnId("s1", "B") with { Receive = Last };
        for (var redrive = 0; redrive < 3; redrive++)
        {
            Assert.Equal([life.MessageId], await _rig.DeliverAsync(life));
            Assert.Equal(["completed", "failed"], (await _rig.ItemsAsync()).Select(item => item["status"].S).Order());
            life = life.Redriven(kind, Last);
        }
    }

    [Fact]
    public async Task A_new_message_of_the_same_body_is_another_submission_than_the_dead_one()
    {
        var dead = new Delivery("s1", Bodies["the seed's, neither"], Last) { DeduplicationId = "of-the-content" };
        await _rig.DeliverAsync(dead);
        await StoreQuizAsync();

        var again = dead with { MessageId = Guid.NewGuid().ToString(), Receive = 1, Sent = Delivery.SentAt.AddMinutes(6) };
        Assert.Empty(await _rig.DeliverAsync(again));
        Assert.Empty(await _rig.DeliverAsync(dead.Redriven(RedriveKind.MoveTask)));

        Assert.Equal(["completed", "completed"], (await _rig.ItemsAsync()).Select(item => item["status"].S));
    }

    [Fact]
    public async Task A_message_that_was_scored_but_never_acknowledged_keeps_its_one_result_when_it_is_redriven()
    {
        var seeds = Delivery.OfSeed("s1") with { Receive = Last };
        Assert.Empty(await _rig.DeliverAsync(seeds));

        Assert.Empty(await _rig.DeliverAsync(seeds.Redriven(RedriveKind.MoveTask)));

        await _rig.AssertStoredAsync(seeds);
    }

    [Fact]
    public async Task A_redriven_message_whose_origin_cannot_be_read_comes_back_and_the_others_do_not()
    {
        var dead = new Delivery("s1", Bodies["the seed's, neither"], Last);
        await _rig.DeliverAsync(dead);
        await StoreQuizAsync();
        var (redriven, told) = (dead.Redriven(RedriveKind.MoveTask), new Delivery("s2", Message("own", Delivery.SentAt, "s2")));

        _rig.Proxy.Intercept = call =>
            call.Operation == "BatchGetItem" ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException")) : call.ForwardAsync();
        Assert.Equal([redriven.MessageId], await _rig.DeliverAsync(redriven, told));
        Assert.Equal(["completed", "failed"], (await _rig.ItemsAsync()).Select(item => item["status"].S).Order());

        _rig.Proxy.Intercept = call => call.ForwardAsync();
        Assert.Empty(await _rig.DeliverAsync(redriven with { Receive = 2 }));
        Assert.Equal(["completed", "completed"], (await _rig.ItemsAsync()).Select(item => item["status"].S));
    }

    [Fact]
    public async Task A_table_of_origins_that_hangs_takes_no_time_from_those_that_do_not_need_it()
    {
        _rig.Proxy.Intercept = async call =>
        {
            if (call.Operation == "BatchGetItem")
                await call.Aborted.AsTask();
            return await call.ForwardAsync();
        };
        var (seeds, told) = (Delivery.OfSeed("s1"), new Delivery("s2", Message("own", Delivery.SentAt, "s2", withKey: true)));

        Assert.Equal([seeds.MessageId], await _rig.DeliverAsync(seeds, told));

        Assert.Equal("s2", Assert.Single(await _rig.ItemsAsync())["student_id"].S);
    }

    [Theory]
    [InlineData(RedriveKind.SentAnew)]
    [InlineData(RedriveKind.Unchanged)]
    public async Task An_origin_that_could_not_be_remembered_leaves_the_reason_and_is_known_where_the_message_tells_it(RedriveKind kind)
    {
        _rig.Proxy.Intercept = call => call.Operation == "PutItem" && call.Body.Contains($"\"{_rig.Submissions}\"", StringComparison.Ordinal)
            ? Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"))
            : call.ForwardAsync();
        var dead = new Delivery("s1", Bodies["the seed's, neither"], Last);
        Assert.Equal([dead.MessageId], await _rig.DeliverAsync(dead));
        Assert.Contains("not stored", Assert.Single(await _rig.ItemsAsync())["reason"].S, StringComparison.Ordinal);
        await StoreQuizAsync();

        // A dead-letter queue that keeps the time, as the emulators' and the standard queues' do.
        var redriven = dead.Redriven(kind);
        if (redriven.StatedOrigin is not null)
            redriven = redriven with { StatedOrigin = new MessageOrigin(dead.MessageId, dead.Sent) };
        Assert.Empty(await _rig.DeliverAsync(redriven));

        Assert.Equal("completed", Assert.Single(await _rig.ItemsAsync())["status"].S);
    }

    [Fact]
    public async Task Messages_that_tell_who_they_are_ask_nobody()
    {
        var asked = 0;
        _rig.Proxy.Intercept = call =>
        {
            if (call.Operation == "BatchGetItem" || call.Body.Contains($"\"{_rig.Submissions}\"", StringComparison.Ordinal))
                Interlocked.Increment(ref asked);
            return call.ForwardAsync();
        };
        await StoreQuizAsync();

        Assert.Empty(await _rig.DeliverAsync(Bodies.Where(body => body.Key is not ("the seed's, neither" or "own id without time"))
            .Select((body, i) => new Delivery($"g{i}", body.Value, Last))));

        Assert.Equal(0, asked);
        Assert.Empty((await dynamo.Client.ScanAsync(new ScanRequest { TableName = _rig.Submissions })).Items);
    }

    [Fact]
    public async Task What_is_remembered_expires_after_the_longest_life_and_is_no_submission_of_anybody()
    {
        await _rig.DeliverAsync(Delivery.Poison("s1") with { Receive = Last });

        var item = Assert.Single((await dynamo.Client.ScanAsync(new ScanRequest { TableName = _rig.Submissions, ConsistentRead = true })).Items);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(item["expires_at"].N, System.Globalization.CultureInfo.InvariantCulture));
        var left = expiresAt - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromDays(18), MessageOriginStore.Lifetime);
        Assert.StartsWith("origin#", item["idempotency_key"].S, StringComparison.Ordinal);
        Assert.False(item.ContainsKey("submission_id"));
    }

    private static string Message(string? id, DateTimeOffset? submittedAt, string student = "s1", bool withKey = false) => new SubmissionMessage(
        student, "quiz-1", Answers, withKey ? Answers : null, id, submittedAt, withKey ? null : 1).ToJson();

    private static (string, string) Key(Dictionary<string, AttributeValue> item) => (item["student_id"].S, item["submission_timestamp"].S);

    private Task<SavedQuiz> StoreQuizAsync() =>
        _rig.Quizzes.SaveAsync(new QuizDraft("quiz-1", "T", [new Question("q1", "?", ["A", "B"], "A")]), default);
}
