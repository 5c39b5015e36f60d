using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.ServiceDefaults;

[Collection(UsesDynamo.Name)]
public sealed class ProcessEndTests(LocalDynamo dynamo)
{
    [LinuxFact]
    public async Task A_process_that_is_told_to_end_sends_its_last_numbers_first()
    {
        await using var rig = await QuizProcessorRig.CreateAsync(dynamo);
        await using var collector = await Collectors.StartAsync();
        var function = StartFunction(rig, collector);
        await rig.DeliverAsync(Delivery.OfSeed("ann"));
        // The first flush has what there is; the next is due in ten minutes.
        await collector.MetricAsync("faas.invocations");
        await rig.DeliverAsync(Delivery.OfSeed("bob"));
        Assert.Equal(1, Invocations());

        await function.TerminateAsync();

        Assert.Equal(2, Invocations());

        double? Invocations() => collector.Metrics.LastOrDefault(metric => metric.Name == "faas.invocations")?.Points.Sum(point => point.Value);
    }

    [LinuxFact]
    public async Task A_collector_that_hangs_does_not_keep_a_process_from_ending()
    {
        await using var rig = await QuizProcessorRig.CreateAsync(dynamo);
        await using var collector = await Collectors.StartAsync(CollectorMode.Hanging);
        rig.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "600000";
        var function = StartFunction(rig, collector);
        await rig.DeliverAsync(Delivery.OfSeed("ann"));

        await function.TerminateAsync();

        Assert.True(collector.Requests > 0);
    }

    private static FunctionProcess StartFunction(QuizProcessorRig rig, CollectorStub collector)
    {
        foreach (var (name, value) in collector.EnvironmentFor("quiz-processor"))
            rig.Environment[name] = value;

        rig.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";
        return rig.StartFunction();
    }
}
