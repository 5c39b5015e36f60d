using FsCheck;
using FsCheck.Fluent;
using QuizAspire.Api.Submissions;

namespace QuizAspire.Tests.Api;

public sealed class SendQueueTests
{
    [Fact]
    public void Batch_holds_ten_messages_in_order_of_arrival()
    {
        var queue = Filled(Enumerable.Range(0, 12).Select(i => Message($"s{i}", $"m{i}")));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"m{i}"), Ids(queue.Take()));
        Assert.Equal(["m10", "m11"], Ids(queue.Take()));
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public void Batch_holds_at_most_one_mebibyte()
    {
        var half = new string('x', SendQueue.MaxBatchBytes / 2);
        var queue = Filled([Message("s1", "m1", half), Message("s2", "m2", half), Message("s3", "m3", "x")]);
        Assert.Equal(["m1", "m2"], Ids(queue.Take()));
        Assert.Equal(["m3"], Ids(queue.Take()));
    }

    [Fact]
    public void Size_of_a_message_counts_its_bytes() => Assert.Equal(6, Message("s", "m", "€€").Size);

    [Fact]
    public void Student_with_a_message_in_flight_is_passed_over_until_it_is_answered()
    {
        var queue = Filled([Message("s1", "m1")]);
        var first = queue.Take();
        Assert.True(queue.TryAdd(Message("s1", "m2")));
        Assert.True(queue.TryAdd(Message("s2", "m3")));
        var second = queue.Take();
        Assert.Equal(["m3"], Ids(second));
        Assert.Empty(queue.Take());
        Assert.False(queue.HasReady);

        queue.Complete(first);
        Assert.True(queue.HasReady);
        Assert.Equal(["m2"], Ids(queue.Take()));
    }

    [Fact]
    public void Messages_of_one_student_share_a_batch_in_order() =>
        Assert.Equal(["m1", "m2", "m3"], Ids(Filled([Message("s1", "m1"), Message("s1", "m2"), Message("s1", "m3")]).Take()));

    [Fact]
    public void Student_with_a_backlog_lets_the_others_through_after_each_batch()
    {
        var queue = Filled(Enumerable.Range(0, 25).Select(i => Message("busy", $"b{i}")).Append(Message("calm", "c")));
        var first = queue.Take();
        Assert.All(first, message => Assert.Equal("busy", message.StudentId));
        queue.Complete(first);
        Assert.Equal("c", queue.Take()[0].SubmissionId);
    }

    [Fact]
    public void Full_buffer_takes_no_more_by_count_or_by_bytes()
    {
        var byCount = new SendQueue(2, long.MaxValue);
        Assert.True(byCount.TryAdd(Message("s1", "m1")));
        Assert.True(byCount.TryAdd(Message("s1", "m2")));
        Assert.False(byCount.TryAdd(Message("s2", "m3")));
        byCount.Take();
        Assert.True(byCount.TryAdd(Message("s2", "m3")));

        var byBytes = new SendQueue(100, 10);
        Assert.True(byBytes.TryAdd(Message("s1", "m1", "123456")));
        Assert.False(byBytes.TryAdd(Message("s2", "m2", "12345")));
        Assert.True(byBytes.TryAdd(Message("s2", "m2", "1234")));
    }

    /// <summary>Random arrivals, takes and answers: no student is ever in two batches, order holds, and nothing is lost or doubled.</summary>
    [Fact]
    public void Any_interleaving_keeps_each_students_order_and_every_message_once()
    {
        var moves = ArbMap.Default.ArbFor<byte[]>();
        Prop.ForAll(moves, steps =>
        {
            var queue = new SendQueue(1_000, long.MaxValue);
            var inFlight = new List<List<OutgoingSubmission>>();
            var sent = new List<OutgoingSubmission>();
            var added = 0;
            foreach (var step in steps)
            {
                if (step < 160)
                {
                    Assert.True(queue.TryAdd(Message($"s{step % 4}", $"{added++}")));
                }
                else if (step < 220)
                {
                    Take();
                }
                else if (inFlight.Count > 0)
                {
                    queue.Complete(inFlight[step % inFlight.Count]);
                    inFlight.RemoveAt(step % inFlight.Count);
                }
            }
            while (queue.Waiting > 0 || inFlight.Count > 0)
            {
                foreach (var batch in inFlight)
                    queue.Complete(batch);
                inFlight.Clear();
                Take();
            }

            Assert.Equal(added, sent.Select(message => message.SubmissionId).Distinct().Count());
            Assert.Equal(added, sent.Count);
            foreach (var own in sent.GroupBy(message => message.StudentId))
                Assert.Equal(own.OrderBy(message => int.Parse(message.SubmissionId)), own);

            void Take()
            {
                var batch = queue.Take();
                if (batch.Count == 0)
                    return;
                Assert.InRange(batch.Count, 1, SendQueue.MaxBatchEntries);
                Assert.Empty(batch.Select(message => message.StudentId)
                    .Intersect(inFlight.SelectMany(other => other).Select(message => message.StudentId)));
                inFlight.Add(batch);
                sent.AddRange(batch);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static SendQueue Filled(IEnumerable<OutgoingSubmission> messages)
    {
        var queue = new SendQueue(1_000, long.MaxValue);
        foreach (var message in messages)
            Assert.True(queue.TryAdd(message));
        return queue;
    }

    private static OutgoingSubmission Message(string student, string id, string body = "{}") => new(student, id, body);

    private static IEnumerable<string> Ids(List<OutgoingSubmission> batch) => batch.Select(message => message.SubmissionId);
}
