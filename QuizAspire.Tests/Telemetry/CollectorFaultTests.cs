using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support.Otlp;
using Xunit.Abstractions;

namespace QuizAspire.Tests.Telemetry;

/// <summary>
/// The API and quiz-processor under load while their collector is not well: nothing is lost, their memory stays bounded, they live, what they can
/// still tell is told once the collector is well again, and they end when they are asked to.
/// </summary>
[Collection(UsesEmulators.Name)]
public sealed class CollectorFaultTests(Emulators emulators, ITestOutputHelper output)
{
    private const int Submissions = 150;

    /// <summary>Half of what they have in the template; their peaks are around 120 MB, with a collector or without.</summary>
    private const long Memory = 256L << 20;

    [Theory]
    [InlineData(CollectorMode.Hanging)]
    [InlineData(CollectorMode.Failing)]
    [InlineData(CollectorMode.Unavailable)]
    [InlineData(CollectorMode.SlowDrip)]
    [InlineData(CollectorMode.EndlessBody)]
    [InlineData(CollectorMode.Redirecting)]
    [InlineData(CollectorMode.Closing)]
    [InlineData(CollectorMode.Nonsense)]
    public async Task A_collector_that_misbehaves_costs_no_result(object mode)
    {
        await using var system = await TracedSystem.StartAsync(emulators);
        system.Collector.Mode = (CollectorMode)mode;

        await system.SubmitAndProcessAsync(Submissions);

        Assert.NotEqual(0, system.Collector.Requests);
        await AssertWellAsync(system);
        Assert.Equal(0, system.Collector.Redirected);
        await AssertRecoversAsync(system, () => Task.FromResult(system.Collector.Mode = CollectorMode.Good));
        await AssertEndsAsync(system);
    }

    [Fact]
    public async Task A_collector_that_is_down_costs_no_result()
    {
        await using var system = await TracedSystem.StartAsync(emulators);
        await system.Collector.GoDownAsync();

        await system.SubmitAndProcessAsync(Submissions);

        await AssertWellAsync(system);
        await AssertRecoversAsync(system, system.Collector.ComeBackAsync);
        await AssertEndsAsync(system);
    }

    [Theory]
    [InlineData(CollectorMode.Hanging)]
    [InlineData(CollectorMode.Failing)]
    [InlineData(CollectorMode.EndlessBody)]
    public async Task Over_grpc_too(object mode)
    {
        await using var system = await TracedSystem.StartAsync(emulators, grpc: true);
        system.Collector.Mode = (CollectorMode)mode;

        await system.SubmitAndProcessAsync(Submissions);

        Assert.NotEqual(0, system.Collector.Requests);
        await AssertWellAsync(system);
        await AssertRecoversAsync(system, () => Task.FromResult(system.Collector.Mode = CollectorMode.Good));
        await AssertEndsAsync(system);
    }

    [Theory]
    [InlineData(CollectorMode.Hanging)]
    [InlineData(CollectorMode.SlowDrip)]
    [InlineData(CollectorMode.EndlessBody)]
    public async Task A_process_ends_in_time_while_its_collector_keeps_it_waiting(object mode)
    {
        await using var system = await TracedSystem.StartAsync(emulators, mode: (CollectorMode)mode);

        await system.SubmitAndProcessAsync(20);

        await system.AssertNothingIsLostAsync();
        await AssertEndsAsync(system);
    }

    private async Task AssertWellAsync(TracedSystem system)
    {
        await system.AssertNothingIsLostAsync();
        Assert.False(system.Api.HasExited, system.Api.Output);
        Assert.False(system.Function.HasExited, system.Function.Output);
        var (api, function) = (await system.Api.PeakMemoryAsync(), await system.Function.PeakMemoryAsync());
        output.WriteLine($"peaks: API {api >> 20} MB, function {function >> 20} MB; {system.Collector.Requests} exports");
        Assert.InRange(api, 1, Memory);
        Assert.InRange(function, 1, Memory);
    }

    /// <summary>Both send again, once the collector takes what they send.</summary>
    private static async Task AssertRecoversAsync(TracedSystem system, Func<Task> recoverAsync)
    {
        var earlier = system.Collector.Spans.Select(span => span.SpanId).ToHashSet();
        await recoverAsync();
        await system.SubmitAndProcessAsync(10);
        foreach (var service in (string[])[TracedSystem.ApiService, TracedSystem.FunctionService])
            await system.Collector.SpanAsync($"a span of {service}", span => span.Service == service && !earlier.Contains(span.SpanId));
        await system.AssertNothingIsLostAsync();
        Assert.Empty(system.Collector.Defects);
    }

    private static async Task AssertEndsAsync(TracedSystem system)
    {
        Assert.Equal(0, await system.Api.TerminateAsync());
        await system.Function.TerminateAsync();
    }
}
