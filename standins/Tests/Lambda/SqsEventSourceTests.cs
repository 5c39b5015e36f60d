using System.Collections.Concurrent;
using System.Globalization;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>What is delivered, in which order, and what comes back.</summary>
public class SqsEventSourceTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    [Fact]
    public async Task Each_group_stays_in_order_and_different_groups_run_at_once()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs);
        var handled = new ConcurrentQueue<(string Group, int Number)>();
        var inFlight = new ConcurrentDictionary<string, string>();
        var together = new TaskCompletionSource();
        var groupTwice = false;
        for (var instance = 0; instance < 4; instance++)
        {
            _ = lambda.Run("f", async (input, context) =>
            {
                var records = SqsRecords.Of(input);
                var groups = records.Select(record => record.Group).Distinct().ToList();
                foreach (var group in groups)
                    groupTwice |= !inFlight.TryAdd(group, context.AwsRequestId);
                if (inFlight.Values.Distinct().Count() == 4)
                    together.TrySetResult();
                await together.Task.WaitAsync(TimeSpan.FromSeconds(10));
                foreach (var record in records)
                    handled.Enqueue((record.Group, int.Parse(record.Body.Split(' ')[1], CultureInfo.InvariantCulture)));
                foreach (var group in groups)
                    inFlight.TryRemove(group, out _);
                return SqsRecords.Failures([]);
            });
        }
        for (var group = 0; group < 20; group++)
            await queue.SendAsync($"g{group}", Enumerable.Range(0, 20).Select(n => $"g{group} {n}"));

        // fauxqs hands out one message of a group at a time, so 20 groups make four batches of five.
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url, concurrency: 4, batchSize: 5);
        await queue.UntilEmptyAsync();

        Assert.Equal(400, handled.Count);
        Assert.All(handled.GroupBy(item => item.Group), group => Assert.Equal(Enumerable.Range(0, 20), group.Select(item => item.Number)));
        Assert.False(groupTwice, "a group was in two batches at once");
        Assert.True(together.Task.IsCompletedSuccessfully, "four batches were in flight at once");
    }

    [Fact]
    public async Task Only_what_failed_comes_back_and_only_after_its_visibility_timeout()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 2);
        var deliveries = new ConcurrentQueue<(string Body, long At)>();
        _ = lambda.Run("f", input =>
        {
            var records = SqsRecords.Of(input);
            foreach (var record in records)
                deliveries.Enqueue((record.Body, TimeProvider.System.GetTimestamp()));
            var isFirst = deliveries.Count(delivery => delivery.Body == "b") == 1;
            return SqsRecords.Failures(records.Where(record => record.Body == "b" && isFirst).Select(record => record.Id));
        });
        await queue.SendAsync("1", "a");
        await queue.SendAsync("2", "b");
        await queue.SendAsync("3", "c");

        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await queue.UntilEmptyAsync();

        Assert.Equal(["a", "b", "b", "c"], deliveries.Select(delivery => delivery.Body).Order());
        var b = deliveries.Where(delivery => delivery.Body == "b").Select(delivery => delivery.At).ToArray();
        Assert.True(
            TimeProvider.System.GetElapsedTime(b[0], b[1]) > TimeSpan.FromSeconds(1.5),
            "the failed message was left to its visibility timeout");
    }

    [Fact]
    public async Task A_failed_message_holds_back_its_group_and_no_other()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 2);
        var handled = new ConcurrentQueue<string>();
        var failed = 0;
        _ = lambda.Run("f", input =>
        {
            var record = SqsRecords.Of(input).Single();
            handled.Enqueue(record.Body);
            return record.Body == "a1" && Interlocked.Exchange(ref failed, 1) == 0 ? SqsRecords.Failures([record.Id]) : SqsRecords.Failures([]);
        });
        await queue.SendAsync("a", "a1", "a2");
        await queue.SendAsync("b", "b1", "b2");

        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url, batchSize: 1);
        await queue.UntilEmptyAsync();

        Assert.Equal(["a1", "b1", "b2", "a1", "a2"], handled);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("not JSON")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"unknown"}]}""")]
    public async Task A_batch_that_fails_as_a_whole_ends_in_the_dead_letter_queue_after_its_last_receive(string answer)
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var deadLetters = await TestQueue.CreateAsync(fauxqs);
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 1, deadLetters: deadLetters, maxReceiveCount: 2);
        var deliveries = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input =>
        {
            SqsRecords.Handle(input, deliveries);
            return answer == "throw" ? throw new InvalidOperationException() : answer;
        });
        foreach (var body in new[] { "1", "2", "3" })
            await queue.SendAsync(body, body);

        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await Eventually.Is(async () => await deadLetters.CountAsync() == 3, "three dead letters");

        Assert.Equal(["1", "1", "2", "2", "3", "3"], deliveries.Order());
        Assert.Equal(0, await queue.CountAsync());
        Assert.Equal(["1", "2", "3"], (await deadLetters.ReceiveAsync()).Select(message => message.Body).Order());
    }
}
