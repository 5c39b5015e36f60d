using System.Collections.Concurrent;
using System.Text.Json;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>A queue, an instance or an emulator that is not there.</summary>
public class SqsEventSourceOutageTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    [Fact]
    public async Task A_queue_that_is_made_later_is_polled_then_and_waited_for_without_chatter()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        var handled = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input => SqsRecords.Handle(input, handled));
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
    public async Task The_Lambda_emulator_may_be_restarted()
    {
        var handled = new ConcurrentQueue<string>();
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 2);
        var lambda = await EmulatedLambda.StartAsync("f=30");
        _ = lambda.Run("f", input => SqsRecords.Handle(input, handled));
        await using var source = PollingSource.Start(fauxqs.Url, queue.Url, lambda.Url);
        await queue.SendAsync("a", "1");
        await queue.UntilEmptyAsync();

        var port = new Uri(lambda.Url).Port;
        await lambda.DisposeAsync();
        await queue.SendAsync("a", "2");
        await Eventually.Is(
            () => source.Log.Count("the Lambda emulator cannot be reached") > 0 || source.Log.Count("a batch of") > 0, "the event source notices");
        await using var restarted = await EmulatedLambda.StartAsync("f=30", settings => settings with { Port = port });
        _ = restarted.Run("f", input => SqsRecords.Handle(input, handled));
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
        _ = lambda.Run("f", input => SqsRecords.Handle(input, handled));
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
}
