using Aspire.Hosting;
using Aspire.Hosting.Orchestration;

namespace Standins.Tests.Hosting;

public sealed class StopOrderTests
{
    [Fact]
    public void Who_uses_another_resource_ends_before_it_and_the_dashboard_ends_last()
    {
        var builder = TestHost.CreateBuilder();
        builder.AddExecutable("aspire-dashboard", "sleep", ".", "1");
        var store = builder.AddExecutable("store", "sleep", ".", "1");
        var queue = builder.AddExecutable("queue", "sleep", ".", "1").WaitFor(store);
        builder.AddExecutable("api", "sleep", ".", "1").WaitFor(queue).WithReferenceRelationship(store);
        builder.AddExecutable("loner", "sleep", ".", "1");

        Assert.Equal([["api", "loner"], ["queue"], ["store"], ["aspire-dashboard"]], WavesOf(builder));
    }

    [Fact]
    public void A_circle_of_references_still_ends_every_resource_once()
    {
        var builder = TestHost.CreateBuilder();
        var left = builder.AddExecutable("left", "sleep", ".", "1");
        var right = builder.AddExecutable("right", "sleep", ".", "1").WithReferenceRelationship(left);
        left.WithReferenceRelationship(right);

        Assert.Equal(["left", "right"], WavesOf(builder).SelectMany(wave => wave).Order());
    }

    private static string[][] WavesOf(IDistributedApplicationBuilder builder)
        => [.. StopOrder.WavesOf(builder.Resources).Select(wave => wave.Select(resource => resource.Name).Order().ToArray())];
}
