using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

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
                var records = Records(input);
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
                return Failures([]);
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
            var records = Records(input);
            foreach (var record in records)
                deliveries.Enqueue((record.Body, TimeProvider.System.GetTimestamp()));
            var failing = records.Where(record => record.Body == "b" && deliveries.Count(delivery => delivery.Body == "b") == 1).Select(record => record.Id);
            return Failures(failing);
        });
        await queue.SendAsync("1", "a");
        await queue.SendAsync("2", "b");
        await queue.SendAsync("3", "c");

        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await queue.UntilEmptyAsync();

        Assert.Equal(["a", "b", "b", "c"], deliveries.Select(delivery => delivery.Body).Order());
        var b = deliveries.Where(delivery => delivery.Body == "b").Select(delivery => delivery.At).ToArray();
        Assert.True(TimeProvider.System.GetElapsedTime(b[0], b[1]) > TimeSpan.FromSeconds(1.5), "the failed message was left to its visibility timeout");
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
            var record = Records(input).Single();
            handled.Enqueue(record.Body);
            return record.Body == "a1" && Interlocked.Exchange(ref failed, 1) == 0 ? Failures([record.Id]) : Failures([]);
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
            Handle(input, deliveries);
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

    [Fact]
    public async Task A_queue_that_is_made_later_is_polled_then_and_waited_for_without_chatter()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        var handled = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input => Handle(input, handled));
        await lambda.UntilInstancesAsync("f", 1);
        var name = $"{Guid.NewGuid():n}.fifo";
        await using var source = PollingSource.Start(fauxqs.Url, $"{fauxqs.Url}/000000000000/{name}", lambda.Url);
        await Eventually.Is(() => source.Log.Count("the queue does not exist") == 1, "the event source says what it waits for");

        using var queue = await TestQueue.CreateAsync(fauxqs, name: name);
        await queue.SendAsync("a", "1");
        await queue.UntilEmptyAsync();

        Assert.Equal(["1"], handled);
        Assert.Equal((1, 1), (source.Log.Count("the queue does not exist"), source.Log.Count("Polling ")));
    }

    [Fact]
    public async Task Without_an_instance_nothing_is_received_so_no_delivery_is_used_up()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs);
        await queue.SendAsync("a", "1");
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await Eventually.Is(() => source.Log.Count("no instance") == 1, "the event source says what it waits for");

        Assert.Equal((1, 0), (await queue.VisibleAsync(), await queue.InFlightAsync()));
        var counts = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input =>
        {
            foreach (var record in JsonElement.Parse(input).GetProperty("Records").EnumerateArray())
                counts.Enqueue(record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString()!);
            return "";
        });
        await queue.UntilEmptyAsync();

        Assert.Equal(["1"], counts);
    }

    [Fact]
    public async Task A_call_longer_than_the_visibility_timeout_is_delivered_again_and_none_is_lost()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 1);
        var again = new TaskCompletionSource();
        var deliveries = 0;
        for (var instance = 0; instance < 2; instance++)
        {
            _ = lambda.Run("f", async (_, _) =>
            {
                if (Interlocked.Increment(ref deliveries) == 1)
                    await again.Task.WaitAsync(TimeSpan.FromSeconds(20));
                else
                    again.TrySetResult();
                return "";
            });
        }
        await queue.SendAsync("a", "1");

        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url, concurrency: 2);
        await queue.UntilEmptyAsync();

        await Eventually.Is(() => source.Log.Count("took longer than the visibility timeout") == 1, "the event source says so");
        Assert.Equal(2, deliveries);
    }

    [Fact]
    public async Task The_Lambda_emulator_may_be_restarted()
    {
        var handled = new ConcurrentQueue<string>();
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 2);
        var lambda = await EmulatedLambda.StartAsync("f=30");
        _ = lambda.Run("f", input => Handle(input, handled));
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await queue.SendAsync("a", "1");
        await queue.UntilEmptyAsync();

        var port = new Uri(lambda.Url).Port;
        await lambda.DisposeAsync();
        await queue.SendAsync("a", "2");
        await Eventually.Is(() => source.Log.Count("the Lambda emulator cannot be reached") > 0 || source.Log.Count("a batch of") > 0, "the event source notices");
        await using var restarted = await EmulatedLambda.StartAsync("f=30", settings => settings with { Port = port });
        _ = restarted.Run("f", input => Handle(input, handled));
        await queue.UntilEmptyAsync();

        Assert.Equal(["1", "2"], handled);
    }

    [Fact]
    public async Task The_SQS_emulator_may_be_away_for_a_while()
    {
        var sqs = new Fauxqs();
        await sqs.InitializeAsync();
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        var handled = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input => Handle(input, handled));
        using (var queue = await TestQueue.CreateAsync(sqs, name: "away.fifo"))
        {
            await using var source = PollingSource.Start(sqs.Url, queue.Url, lambda.Url);
            await queue.SendAsync("a", "1");
            await queue.UntilEmptyAsync();

            var url = sqs.Url;
            await sqs.DisposeAsync();
            await Eventually.Is(() => source.Log.Count("SQS does not answer") == 1, "the event source notices");
            sqs = new Fauxqs { Port = new Uri(url).Port };
            await sqs.InitializeAsync();
            using var anew = await TestQueue.CreateAsync(sqs, name: "away.fifo");
            await anew.SendAsync("a", "2");
            await anew.UntilEmptyAsync();
        }
        await sqs.DisposeAsync();

        Assert.Equal(["1", "2"], handled);
    }

    [Fact]
    public async Task A_batch_in_flight_is_finished_and_deleted_before_the_source_stops()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        using var queue = await TestQueue.CreateAsync(fauxqs);
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = lambda.Run("f", async (_, _) => { entered.SetResult(); await release.Task; return ""; });
        await queue.SendAsync("a", "1");
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await entered.Task;

        var stopped = source.StopAsync();
        Assert.False(stopped.IsCompleted);
        release.SetResult();
        await stopped;

        Assert.Equal(0, await queue.CountAsync());
    }

    [Fact]
    public async Task Messages_of_a_call_that_finds_no_free_instance_are_not_lost()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30", settings => settings with { InstanceWait = TimeSpan.FromMilliseconds(50) });
        using var queue = await TestQueue.CreateAsync(fauxqs);
        var handled = new ConcurrentQueue<string>();
        var release = new TaskCompletionSource();
        _ = lambda.Run("f", async (input, _) => { await release.Task; return Handle(input, handled); });
        await queue.SendAsync("a", "1");
        await queue.SendAsync("b", "2");
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url, concurrency: 2, batchSize: 1);
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Throttles: > 1 }, "a call is throttled");

        release.SetResult();
        await queue.UntilEmptyAsync();

        Assert.Equal(["1", "2"], handled.Order());
    }

    private static string Handle(string input, ConcurrentQueue<string> handled)
    {
        foreach (var record in Records(input))
            handled.Enqueue(record.Body);
        return Failures([]);
    }

    private static List<(string Id, string Body, string Group)> Records(string input) =>
    [
        .. JsonElement.Parse(input).GetProperty("Records").EnumerateArray().Select(record => (
            record.GetProperty("messageId").GetString()!, record.GetProperty("body").GetString()!, record.GetProperty("attributes").GetProperty("MessageGroupId").GetString()!))
    ];

    private static string Failures(IEnumerable<string> ids) =>
        $$"""{"batchItemFailures":[{{string.Join(',', ids.Select(id => $$"""{"itemIdentifier":"{{id}}"}"""))}}]}""";
}
