using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Monitoring.Inbox;

namespace QuizAspire.Tests.Monitoring;

public sealed class NotificationBoxTests
{
    [Fact]
    public void Pages_together_are_the_last_five_hundred_newest_first()
    {
        var cases = from count in Gen.Choose(0, 2 * NotificationBox.Capacity)
                    from limit in Gen.Choose(1, 120)
                    select (count, limit);

        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var box = Filled(one.count);

            var expected = Enumerable.Range(1, one.count).TakeLast(NotificationBox.Capacity).Reverse().Select(number => $"{number}");
            var pages = Pages(box, one.limit).ToArray();
            return pages.SelectMany(page => page).SequenceEqual(expected)
                && pages.SkipLast(1).All(page => page.Count == one.limit)
                && box.Arrived == one.count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_a_queue_delivers_twice_is_there_once()
    {
        var box = Filled(2);

        Assert.False(box.Add(Told("2")));
        Assert.Equal(2, box.Arrived);
        Assert.Equal(["2", "1"], Pages(box, 10).Single());
    }

    [Fact]
    public void What_arrives_between_two_pages_moves_nothing_in_them()
    {
        var box = Filled(3);
        var first = box.Page(2, before: null);

        box.Add(Told("4"));

        Assert.Equal(["3", "2"], first.Notifications.Select(one => one.MessageId));
        Assert.Equal(["1"], box.Page(2, first.NextBefore).Notifications.Select(one => one.MessageId));
    }

    [Fact]
    public void Envelope_is_read_with_all_that_it_says()
    {
        var (read, trace) = SnsEnvelope.Read(
            """
            {"Type":"Notification","MessageId":"m","TopicArn":"arn:t","Subject":"Alert","Message":"text","Timestamp":"2026-11-22T05:00:00.500Z",
             "MessageAttributes":{"traceparent":{"Type":"String","Value":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}}
            """,
            "topic", "queue-id", DateTimeOffset.UnixEpoch);

        Assert.Equal(new("topic", "Alert", "text", new DateTimeOffset(2026, 11, 22, 5, 0, 0, 500, TimeSpan.Zero), "m"), read);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (trace.TraceId.ToHexString(), trace.SpanId.ToHexString()));
    }

    [Theory]
    [InlineData("""{"Type":"Notification","Message":"text"}""")]
    [InlineData("""{"Type":"Notification","Message":"text","MessageAttributes":null}""")]
    [InlineData("""{"Type":"Notification","Message":"text","MessageAttributes":{"traceparent":null}}""")]
    [InlineData("""{"Type":"Notification","Message":"text","MessageAttributes":{"traceparent":{"Type":"String","Value":"00-of-nothing"}}}""")]
    public void What_names_no_trace_is_in_none(string body)
    {
        var (read, trace) = SnsEnvelope.Read(body, "topic", "queue-id", DateTimeOffset.UnixEpoch);

        Assert.Equal("text", read.Message);
        Assert.Equal(default, trace);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"Type":"Notification"}""")]
    [InlineData("""{"Message":"of somebody else"}""")]
    [InlineData("""{"Type":7,"Message":"x"}""")]
    public void What_came_without_a_topic_is_shown_as_it_is(string body) => Assert.Equal(
        new("topic", null, body, DateTimeOffset.UnixEpoch, "queue-id"), SnsEnvelope.Read(body, "topic", "queue-id", DateTimeOffset.UnixEpoch).Notification);

    private static NotificationBox Filled(int count)
    {
        var box = new NotificationBox();
        for (var number = 1; number <= count; number++)
            Assert.True(box.Add(Told($"{number}")));
        return box;
    }

    private static Notification Told(string id) => new("topic", null, "text", DateTimeOffset.UnixEpoch, id);

    private static IEnumerable<IReadOnlyList<string>> Pages(NotificationBox box, int limit)
    {
        long? before = null;
        do
        {
            var page = box.Page(limit, before);
            yield return [.. page.Notifications.Select(one => one.MessageId)];
            before = page.NextBefore;
        }
        while (before is not null);
    }
}
