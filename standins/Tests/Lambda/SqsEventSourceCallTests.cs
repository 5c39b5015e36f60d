using System.Collections.Concurrent;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>Calls that take long, are still in flight at the end, or find every instance busy.</summary>
public class SqsEventSourceCallTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
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
        _ = lambda.Run("f", async (input, _) => { await release.Task; return SqsRecords.Handle(input, handled); });
        await queue.SendAsync("a", "1");
        await queue.SendAsync("b", "2");
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url, concurrency: 2, batchSize: 1);
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Throttles: > 1 }, "a call is throttled");

        release.SetResult();
        await queue.UntilEmptyAsync();

        Assert.Equal(["1", "2"], handled.Order());
    }
}
