using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Protos;

namespace Standins.Tests.Dashboard;

public class ResourceWatcherTests
{
    [Fact]
    public async Task Reader_that_comes_late_takes_the_newest_state_of_each_resource_once()
    {
        var feed = new ResourceFeed();
        var (watcher, initial) = feed.Watch();
        Assert.Empty(initial);
        foreach (var state in new[] { "Starting", "Running", "Exited" })
        {
            feed.Publish(new ResourceMessage { Name = "api", State = state });
            feed.Publish(new ResourceMessage { Name = "queue", State = state });
        }

        var taken = await watcher.TakeAsync(CancellationToken.None);
        Assert.Equal([("api", "Exited"), ("queue", "Exited")], taken.Select(resource => (resource.Name, resource.State)).Order());

        var next = watcher.TakeAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        feed.Publish(new ResourceMessage { Name = "api", State = "Running" });
        Assert.Equal("Running", (await next).Single().State);
    }
}
