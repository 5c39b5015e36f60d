using Aspire.Hosting.Dashboard.Protos;

namespace Standins.Tests.Dashboard;

public class WatchTests
{
    [Fact]
    public async Task Watch_begins_with_what_there_is_and_goes_on_with_what_changes()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var api = await fixture.AddAsync("api", "Starting");
        await fixture.AddAsync("queue");
        using var reply = await fixture.Client.SendAsync("WatchResources", new Nothing());

        var initial = await reply.ReadAsync(WatchResourcesUpdate.Parser);
        Assert.Equal(["api", "queue"], initial!.InitialData.Resources.Select(resource => resource.Name).Order());

        await fixture.PublishAsync(api, "Running");
        var change = Assert.Single((await reply.ReadAsync(WatchResourcesUpdate.Parser))!.Changes.Value);
        Assert.Equal(("api", "Running"), (change.Upsert.Name, change.Upsert.State));
    }

    [Fact]
    public async Task Every_watcher_sees_the_change_and_a_late_one_begins_with_it()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var api = await fixture.AddAsync("api", "Starting");
        using var one = await WatchAsync(fixture);
        using var two = await WatchAsync(fixture);

        await fixture.PublishAsync(api, "Running");

        foreach (var watch in new[] { one, two })
            Assert.Equal("Running", (await watch.ReadAsync(WatchResourcesUpdate.Parser))!.Changes.Value.Single().Upsert.State);

        using var late = await fixture.Client.SendAsync("WatchResources", new Nothing());
        Assert.Equal("Running", (await late.ReadAsync(WatchResourcesUpdate.Parser))!.InitialData.Resources.Single().State);
    }

    [Fact]
    public async Task Cancelled_watch_leaves_no_watcher_behind()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var watch = await WatchAsync(fixture);
        Assert.Equal(1, fixture.Feed.WatcherCount);

        watch.Dispose();

        await Eventually.Is(() => fixture.Feed.WatcherCount == 0, "the feed has forgotten its watcher");
    }

    [Fact]
    public async Task Many_changes_at_once_are_drawn_together_and_the_last_state_arrives()
    {
        const int Resources = 5;
        const int Changes = 2000;
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var resources = new List<TestResource>();
        for (var index = 0; index < Resources; index++)
            resources.Add(await fixture.AddAsync($"r{index}", "0"));
        using var reply = await WatchAsync(fixture);

        await Task.WhenAll(resources.Select(resource => Task.Run(async () =>
        {
            for (var change = 1; change <= Changes; change++)
                await fixture.PublishAsync(resource, $"{change}");
        })));

        var last = new Dictionary<string, int>();
        var received = 0;
        while (last.Count < Resources || last.Values.Any(state => state < Changes))
        {
            foreach (var change in (await reply.ReadAsync(WatchResourcesUpdate.Parser))!.Changes.Value)
            {
                var state = int.Parse(change.Upsert.State, null);
                Assert.True(state > last.GetValueOrDefault(change.Upsert.Name), "a state came after a newer one");
                last[change.Upsert.Name] = state;
                received++;
            }
        }

        Assert.InRange(received, Resources, Resources * Changes);
    }

    private static async Task<GrpcReply> WatchAsync(ResourceServiceFixture fixture)
    {
        var reply = await fixture.Client.SendAsync("WatchResources", new Nothing());
        Assert.NotNull((await reply.ReadAsync(WatchResourcesUpdate.Parser))!.InitialData);
        return reply;
    }
}
