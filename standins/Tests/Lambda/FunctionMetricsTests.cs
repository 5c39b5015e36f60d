using QuizAspire.AppHost.Monitoring.Metrics;

namespace Standins.Tests.Lambda;

/// <summary>AppHost's metrics of functions, from a running emulator.</summary>
public class FunctionMetricsTests
{
    [Fact]
    public async Task Invocations_errors_throttles_and_durations_are_those_since_the_last_look()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            "works=3,idle=3", settings => settings with { InstanceWait = TimeSpan.FromMilliseconds(200) });
        _ = lambda.Run("works", input => input == "\"fail\"" ? throw new InvalidOperationException("as told") : input);
        var source = new FunctionSource(lambda.Http, () => lambda.Url);
        Assert.Empty(await source.MeasureAsync(default));

        await lambda.InvokeAsync("works", "\"ok\"");
        await lambda.InvokeAsync("works", "\"fail\"");
        await lambda.InvokeAsync("idle", "\"throttled\"");

        var measured = await source.MeasureAsync(default);
        Assert.Equal(new StatisticSet(2, 2, 1, 1), Of("Invocations", "works").Single());
        Assert.Equal(new StatisticSet(2, 1, 0, 1), Of("Errors", "works").Single());
        Assert.Equal(new StatisticSet(1, 1, 1, 1), Of("Throttles", "idle").Single());
        Assert.Empty(Of("Invocations", "idle"));
        Assert.Equal(2, Of("Duration", "works").Count(duration => duration.Sum > 0));
        Assert.Empty(await source.MeasureAsync(default));

        IEnumerable<StatisticSet> Of(string metric, string function) => measured
            .Where(one => one.Metric == MetricId.Of("AWS/Lambda", metric, "FunctionName", function)).Select(one => one.Values);
    }

    [Fact]
    public async Task What_runs_is_concurrent_and_has_no_duration_yet()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=10");
        var release = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        _ = lambda.Run("f", async (input, _) =>
        {
            started.SetResult();
            await release.Task;
            return input;
        });
        var source = new FunctionSource(lambda.Http, () => lambda.Url);
        var call = lambda.InvokeAsync("f", "1");
        await started.Task;

        Assert.Equal(
            ["Invocations", "Errors", "Throttles", "ConcurrentExecutions"], (await source.MeasureAsync(default)).Select(one => one.Metric.Name));
        Assert.Equal(["ConcurrentExecutions"], (await source.MeasureAsync(default)).Select(one => one.Metric.Name));

        release.SetResult();
        await call;
        Assert.Equal(["Duration"], (await source.MeasureAsync(default)).Select(one => one.Metric.Name));
    }
}
