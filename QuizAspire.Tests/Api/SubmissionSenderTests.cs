using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QuizAspire.Api.Submissions;
using QuizAspire.Api.Telemetry;
using QuizAspire.Core.Aws;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

public sealed class SubmissionSenderTests
{
    [Fact]
    public async Task Message_alone_goes_at_once()
    {
        using var sqs = StubSqs.Confirming();
        using var sender = Create(sqs);
        Assert.Equal(SendOutcome.Confirmed, await sender.SendAsync(Message("s1", "m1"), default));
        var entry = Assert.Single(Assert.Single(sqs.Batches).Entries);
        Assert.Equal(("s1", "m1", "body m1"), (entry.MessageGroupId, entry.MessageDeduplicationId, entry.MessageBody));
    }

    [Fact]
    public async Task What_gathers_behind_the_calls_under_way_shares_the_next_and_no_more_calls_run_than_allowed()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 2 });
        var first = new[] { sender.SendAsync(Message("a", "a"), default), sender.SendAsync(Message("b", "b"), default) };
        await gate.WaitForEntriesAsync(2);
        var later = Enumerable.Range(0, 25).Select(i => sender.SendAsync(Message($"s{i}", $"m{i}"), default)).ToArray();
        Assert.InRange(gate.Sqs.Batches.Count, 1, 2);

        gate.Open();
        Assert.All(await Task.WhenAll([.. first, .. later]), outcome => Assert.Equal(SendOutcome.Confirmed, outcome));
        Assert.InRange(gate.Sqs.Batches.Count, 4, 6);
        Assert.All(gate.Sqs.Batches, batch => Assert.InRange(batch.Entries.Count, 1, 10));
        Assert.InRange(gate.MostAtOnce, 1, 2);
    }

    [Fact]
    public async Task Student_is_never_in_two_calls_at_once()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 4 });
        var first = sender.SendAsync(Message("s", "1"), default);
        await gate.WaitForEntriesAsync(1);
        var second = sender.SendAsync(Message("s", "2"), default);
        var other = sender.SendAsync(Message("t", "3"), default);
        await gate.WaitForEntriesAsync(2);
        Assert.DoesNotContain(gate.Sqs.Batches.SelectMany(batch => batch.Entries), entry => entry.MessageDeduplicationId == "2");

        gate.Open();
        await Task.WhenAll(first, second, other);
        Assert.Equal(
            ["1", "2"],
            gate.Sqs.Batches.SelectMany(b => b.Entries).Where(e => e.MessageGroupId == "s").Select(e => e.MessageDeduplicationId));
    }

    [Fact]
    public async Task Failed_entry_fails_its_own_submission_only()
    {
        using var gate = new Gate(request => new SendMessageBatchResponse
        {
            Successful =
            [
                .. request.Entries.Where(e => e.MessageDeduplicationId.StartsWith("ok", StringComparison.Ordinal))
                    .Select(e => new SendMessageBatchResultEntry { Id = e.Id }),
            ],
            Failed =
            [
                .. request.Entries.Where(e => e.MessageDeduplicationId == "bad")
                    .Select(e => new BatchResultErrorEntry { Id = e.Id, Code = "InvalidMessageContents", SenderFault = true }),
                .. request.Entries.Where(e => e.MessageDeduplicationId == "later")
                    .Select(e => new BatchResultErrorEntry { Id = e.Id, Code = "InternalError", SenderFault = false }),
            ],
        });
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1 });
        var blocking = sender.SendAsync(Message("x", "ok-0"), default);
        await gate.WaitForEntriesAsync(1);
        Task<SendOutcome> Send(string id) => sender.SendAsync(Message(id, id), default);
        Task<SendOutcome>[] outcomes = [Send("ok-1"), Send("bad"), Send("later"), Send("ok-2")];
        gate.Open();
        await blocking;
        Assert.Equal([SendOutcome.Confirmed, SendOutcome.Refused, SendOutcome.Unavailable, SendOutcome.Confirmed], await Task.WhenAll(outcomes));
        Assert.Equal(2, gate.Sqs.Batches.Count);
    }

    [Fact]
    public async Task Failed_call_fails_its_batch_and_the_next_is_tried()
    {
        var calls = 0;
        using var sqs = new StubSqs((request, _) => Interlocked.Increment(ref calls) == 1
            ? throw new AmazonSQSException("down")
            : Task.FromResult(StubSqs.Confirm(request)));
        using var sender = Create(sqs);
        Assert.Equal(SendOutcome.Unavailable, await sender.SendAsync(Message("s", "1"), default));
        Assert.Equal(SendOutcome.Confirmed, await sender.SendAsync(Message("s", "1"), default));
    }

    [Fact]
    public async Task Caller_who_gives_up_takes_nothing_from_the_others_of_the_batch()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1 });
        var blocking = sender.SendAsync(Message("x", "0"), default);
        await gate.WaitForEntriesAsync(1);
        using var impatient = new CancellationTokenSource();
        var gone = sender.SendAsync(Message("a", "1"), impatient.Token);
        var patient = sender.SendAsync(Message("b", "2"), default);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);

        gate.Open();
        Assert.Equal(SendOutcome.Confirmed, await blocking);
        Assert.Equal(SendOutcome.Confirmed, await patient);
    }

    [Fact]
    public async Task Full_buffer_is_told_at_once_and_room_is_used_again()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1, Capacity = 3 });
        var taken = new List<Task<SendOutcome>> { sender.SendAsync(Message("x", "0"), default) };
        await gate.WaitForEntriesAsync(1);
        taken.AddRange(Enumerable.Range(1, 3).Select(i => sender.SendAsync(Message($"s{i}", $"{i}"), default)));
        var refused = sender.SendAsync(Message("y", "4"), default);
        Assert.True(refused.IsCompleted);
        Assert.Equal(SendOutcome.Busy, await refused);

        gate.Open();
        Assert.All(await Task.WhenAll(taken), outcome => Assert.Equal(SendOutcome.Confirmed, outcome));
        Assert.Equal(SendOutcome.Confirmed, await sender.SendAsync(Message("y", "4"), default));
        Assert.Single(gate.Sqs.Batches.SelectMany(batch => batch.Entries), entry => entry.MessageDeduplicationId == "4");
    }

    [Fact]
    public async Task Message_whose_turn_comes_too_late_is_given_up_unsent()
    {
        var time = ManualTime.AtNoon();
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1 }, time);
        var first = sender.SendAsync(Message("a", "1"), default);
        await gate.WaitForEntriesAsync(1);
        var late = sender.SendAsync(Message("b", "2"), default);
        time.Advance(TimeSpan.FromSeconds(5));
        var fresh = sender.SendAsync(Message("c", "3"), default);
        gate.Open();
        Assert.Equal(SendOutcome.Confirmed, await first);
        Assert.Equal(SendOutcome.Unavailable, await late);
        Assert.Equal(SendOutcome.Confirmed, await fresh);
        Assert.DoesNotContain(gate.Sqs.Batches.SelectMany(batch => batch.Entries), entry => entry.MessageDeduplicationId == "2");
    }

    [Fact]
    public async Task Call_that_does_not_answer_is_given_up()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { CallTimeout = TimeSpan.FromMilliseconds(50) });
        Assert.Equal(SendOutcome.Unavailable, await sender.SendAsync(Message("a", "1"), default).WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Stop_sends_what_was_taken_and_takes_no_more()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1 });
        var taken = Enumerable.Range(0, 30).Select(i => sender.SendAsync(Message($"s{i}", $"{i}"), default)).ToArray();
        await gate.WaitForEntriesAsync(1);
        var stop = sender.StopAsync(default);
        Assert.Equal(SendOutcome.Busy, await sender.SendAsync(Message("late", "late"), default));
        Assert.False(stop.IsCompleted);

        gate.Open();
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.All(taken, outcome => Assert.Equal(SendOutcome.Confirmed, outcome.Result));
    }

    [Fact]
    public async Task Stop_without_patience_leaves_nobody_waiting()
    {
        using var gate = new Gate();
        using var sender = Create(gate.Sqs, new() { MaxBatchesInFlight = 1 });
        var taken = Enumerable.Range(0, 30).Select(i => sender.SendAsync(Message($"s{i}", $"{i}"), default)).ToArray();
        await gate.WaitForEntriesAsync(1);
        await sender.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.All(taken, outcome => Assert.Equal(SendOutcome.Unavailable, outcome.Result));
    }

    [Fact]
    public async Task Stop_of_an_idle_sender_is_immediate()
    {
        using var sqs = StubSqs.Confirming();
        using var sender = Create(sqs);
        Assert.Equal(SendOutcome.Confirmed, await sender.SendAsync(Message("s", "1"), default));
        await sender.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static SubmissionSender Create(IAmazonSQS sqs, SenderOptions? options = null, TimeProvider? time = null, Meters? meters = null) => new(
        sqs, new AwsResources(_ => "http://127.0.0.1/queue.fifo"), Options.Create(options ?? new()), time ?? TimeProvider.System,
        new ApiMetrics(meters ?? new Meters()), NullLogger<SubmissionSender>.Instance);

    private static OutgoingSubmission Message(string student, string id) => new(student, id, $"body {id}");

    /// <summary>An SQS that answers nothing until the gate is opened.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private int _now;

        public Gate(Func<SendMessageBatchRequest, SendMessageBatchResponse>? answer = null) => Sqs = new StubSqs(async (request, cancellationToken) =>
        {
            lock (_lock)
                MostAtOnce = Math.Max(MostAtOnce, ++_now);
            await _open.Task.WaitAsync(cancellationToken);
            lock (_lock)
                _now--;
            return (answer ?? StubSqs.Confirm)(request);
        });

        public StubSqs Sqs { get; }

        public int MostAtOnce { get; private set; }

        public void Open() => _open.SetResult();

        public Task WaitForEntriesAsync(int count) => Eventually.BecomesTrueAsync(
            () => Task.FromResult(Sqs.Batches.Sum(batch => batch.Entries.Count) >= count), $"{count} messages are under way");

        public void Dispose() => Sqs.Dispose();
    }
}
