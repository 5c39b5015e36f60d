using QuizAspire.Core.Submissions;
using QuizAspire.Functions.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

[Collection(UsesDynamo.Name)]
public sealed class FunctionNumberTests(LocalDynamo dynamo) : IAsyncLifetime
{
    // The deliveries are sent at noon.
    private readonly ManualTime _time = ManualTime.AtNoon();
    private InProcessFunction _function = null!;

    public async Task InitializeAsync() => _function = await InProcessFunction.CreateAsync(dynamo, _time);

    public Task DisposeAsync()
    {
        _function.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_batch_is_counted_with_its_scores_and_times()
    {
        _time.Advance(TimeSpan.FromSeconds(7));

        await _function.DeliverAsync(Delivery.OfSeed("ann"), Delivery.OfSeed("bob", answer: "B"));

        Assert.Equal(2, Total("quizaspire.submissions.scored"));
        Assert.Equal([100, 0], _function.Numbers.Of("quizaspire.score").Select(score => score.Value));
        Assert.All(_function.Numbers.Of("quizaspire.score"), score => Assert.Equal(("quizaspire.quiz.id=quiz-1", "%"), (score.Attributes, score.Unit)));
        Assert.Equal([7, 7], _function.Numbers.Of("quizaspire.submission.queue_wait").Select(wait => wait.Value));
        Assert.Equal([7, 7], _function.Numbers.Of("quizaspire.submission.end_to_end").Select(time => time.Value));
        Assert.Equal(("messaging.destination.name=quiz-submissions.fifo", 2.0), AttributesAndValue("quizaspire.batch.size"));
        Assert.Equal(
            "messaging.destination.name=quiz-submissions.fifo messaging.operation.name=process messaging.system=aws_sqs",
            Assert.Single(_function.Numbers.Of("messaging.process.duration")).Attributes);
        Assert.Equal(("faas.trigger=pubsub", 1.0), AttributesAndValue("faas.invocations"));
        Assert.Equal("s", Assert.Single(_function.Numbers.Of("faas.invoke_duration")).Unit);
        Assert.Single(_function.Numbers.Of("faas.init_duration"));
        Assert.Empty(_function.Numbers.Of("faas.errors"));
    }

    [Fact]
    public async Task A_clock_that_is_behind_the_producers_makes_no_negative_times()
    {
        _time.Advance(TimeSpan.FromSeconds(-3));

        await _function.DeliverAsync(Delivery.OfSeed("ann"));

        Assert.Equal(0, Assert.Single(_function.Numbers.Of("quizaspire.submission.queue_wait")).Value);
    }

    [Fact]
    public async Task Failures_are_counted_by_what_becomes_of_the_message()
    {
        await _function.DeliverAsync(Delivery.Poison("ann"), Delivery.OfSeed("ann"), Delivery.Poison("bob") with { Receive = 3 }, Delivery.OfSeed("cid"));

        Assert.Equal(
            new Dictionary<string, double> { ["quizaspire.outcome=retried"] = 1, ["quizaspire.outcome=final"] = 1 },
            _function.Numbers.Totals("quizaspire.submissions.failed"));
        // Those that ended alike took one time together, and what was left alone took none.
        const string Queue = "messaging.destination.name=quiz-submissions.fifo messaging.operation.name=process messaging.system=aws_sqs";
        Assert.Equal(
            ["error.type=invalid_message " + Queue, Queue],
            _function.Numbers.Of("messaging.process.duration").Select(took => took.Attributes).Order(StringComparer.Ordinal));
        Assert.Equal(1, Total("quizaspire.submissions.scored"));
    }

    [Fact]
    public async Task A_submission_that_is_twice_in_a_batch_is_scored_once()
    {
        var sent = Delivery.OfSeed("ann");
        var redriven = sent with { MessageId = Guid.NewGuid().ToString(), StatedOrigin = new MessageOrigin(sent.MessageId, sent.Sent) };

        await _function.DeliverAsync(sent, redriven);

        Assert.Equal(1, Total("quizaspire.submissions.scored"));
        Assert.Equal(("quizaspire.caught_by=batch", 1.0), AttributesAndValue("quizaspire.submissions.duplicates"));
    }

    [Fact]
    public async Task A_redelivery_of_what_was_stored_is_a_duplicate_and_of_what_failed_is_none()
    {
        var (stored, retried) = (Delivery.OfSeed("ann"), Delivery.OfSeed("bob"));
        await _function.DeliverAsync(stored);

        await _function.DeliverAsync(stored with { Receive = 2 }, retried with { Receive = 2 });

        Assert.Equal(2, Total("quizaspire.submissions.scored"));
        Assert.Equal(("quizaspire.caught_by=redelivery", 1.0), AttributesAndValue("quizaspire.submissions.duplicates"));
    }

    [Fact]
    public async Task A_submission_in_another_message_is_a_duplicate_that_the_store_catches()
    {
        var sent = Delivery.OfSeed("ann");
        var again = sent with { MessageId = Guid.NewGuid().ToString(), StatedOrigin = new MessageOrigin(sent.MessageId, sent.Sent) };
        await _function.DeliverAsync(sent);

        await _function.DeliverAsync(again);

        Assert.Equal(1, Total("quizaspire.submissions.scored"));
        Assert.Equal(("quizaspire.caught_by=store", 1.0), AttributesAndValue("quizaspire.submissions.duplicates"));
    }

    [Fact]
    public async Task An_own_id_that_another_process_stored_is_a_duplicate_that_the_store_tells()
    {
        var own = Delivery.OfOwnId("ann", "A");
        using (var other = await OtherProcessAsync())
            await other.DeliverAsync(own);

        await _function.DeliverAsync(own with { Receive = 2 });

        Assert.Equal(0, Total("quizaspire.submissions.scored"));
        Assert.Equal(("quizaspire.caught_by=store", 1.0), AttributesAndValue("quizaspire.submissions.duplicates"));
    }

    [Fact]
    public async Task An_own_id_with_other_content_is_a_failure_and_no_duplicate()
    {
        await _function.DeliverAsync(Delivery.OfOwnId("ann", "A"));

        await _function.DeliverAsync(Delivery.OfOwnId("ann", "B"));

        Assert.Equal(1, Total("quizaspire.submissions.scored"));
        Assert.Empty(_function.Numbers.Of("quizaspire.submissions.duplicates"));
        Assert.Equal(("quizaspire.outcome=retried", 1.0), AttributesAndValue("quizaspire.submissions.failed"));
    }

    [Fact]
    public async Task A_producer_that_makes_up_quizzes_makes_no_more_series_than_there_is_room_for()
    {
        for (var batch = 0; batch < 8; batch++)
        {
            var deliveries = Enumerable.Range(batch * 10, 10).Select(n => Delivery.OfSeed($"s{n}")).ToList();
            await _function.DeliverAsync(
                deliveries.Select((one, n) => one with { Body = one.Body.Replace("quiz-1", $"made-up-{batch}-{n}", StringComparison.Ordinal) }));
        }

        var series = _function.Numbers.Of("quizaspire.score").Select(score => score.Attributes).ToHashSet();
        Assert.Equal(QuizIds.Capacity + 1, series.Count);
        Assert.Contains($"quizaspire.quiz.id={QuizIds.Other}", series);
        Assert.Equal(80, Total("quizaspire.submissions.scored"));
    }

    [Fact]
    public void Many_threads_know_no_more_quizzes_than_there_is_room_for()
    {
        var ids = new QuizIds();
        var known = new System.Collections.Concurrent.ConcurrentDictionary<string, byte>();

        Parallel.For(0, 5000, n => known[ids.Bounded($"quiz-{n % 120}")] = 0);

        Assert.InRange(known.Count, 1, QuizIds.Capacity + 1);
        Assert.Contains(QuizIds.Other, known.Keys);
    }

    private Task<InProcessFunction> OtherProcessAsync() => InProcessFunction.CreateAsync(dynamo, _time, tables: _function.Tables);

    private double Total(string counter) => _function.Numbers.Totals(counter).Values.Sum();

    private (string Attributes, double Value) AttributesAndValue(string instrument)
    {
        var one = Assert.Single(_function.Numbers.Of(instrument));
        return (one.Attributes, one.Value);
    }
}
