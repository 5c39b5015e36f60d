using Microsoft.Extensions.Logging;
using QuizAspire.ServiceDefaults.Telemetry;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.ServiceDefaults;

/// <summary>Whatever a collector does, a flush comes back, nothing is thrown, and telemetry goes on when the collector is well again.</summary>
public sealed class HostileCollectorTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Action<ILogger, Exception?> Worked = LoggerMessage.Define(LogLevel.Information, new EventId(1, "Worked"), "Worked");

    public static TheoryData<string, bool> Faults()
    {
        var faults = new TheoryData<string, bool>();
        foreach (var mode in Enum.GetNames<CollectorMode>().Where(mode => mode != nameof(CollectorMode.Good)))
        {
            faults.Add(mode, false);
            faults.Add(mode, true);
        }

        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_flush_comes_back_and_telemetry_recovers_when_the_collector_does(string mode, bool grpc)
    {
        await using var collector = await Collectors.StartAsync(Enum.Parse<CollectorMode>(mode));
        using var source = new TelemetrySource();
        await using var telemetry = Start(collector, source, grpc);

        for (var invocation = 0; invocation < 20; invocation++)
        {
            Work(source, telemetry);
            await telemetry.FlushAsync(Short);
        }

        await Eventually.BecomesTrueAsync(() => Task.FromResult(collector.Requests > 0), "a request");
        collector.Mode = CollectorMode.Good;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                Work(source, telemetry);
                await telemetry.FlushAsync(Short);
                return collector.Spans.Count > 0 && collector.Logs.Count > 0;
            },
            "spans and logs after the fault");
        Assert.Equal(0, collector.Redirected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collector_that_is_away_is_not_waited_for(bool grpc)
    {
        await using var collector = await Collectors.StartAsync();
        await collector.GoDownAsync();
        using var source = new TelemetrySource();
        await using var telemetry = Start(collector, source, grpc);
        Work(source, telemetry);
        await telemetry.FlushAsync(Patience);

        Work(source, telemetry);
        // Completed without having waited, since the last export failed.
        Assert.True(telemetry.FlushAsync(Patience).AsTask().IsCompletedSuccessfully);

        await collector.ComeBackAsync();
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                Work(source, telemetry);
                await telemetry.FlushAsync(Short);
                return collector.Spans.Count > 0;
            },
            "spans after the return");
    }

    [Fact]
    public async Task A_collector_that_hangs_is_not_waited_for_a_second_time_and_the_process_ends()
    {
        await using var collector = await Collectors.StartAsync(CollectorMode.Hanging);
        using var source = new TelemetrySource();
        var telemetry = Start(collector, source, grpc: false);
        Work(source, telemetry);
        await telemetry.FlushAsync(Short);

        Work(source, telemetry);
        Assert.True(telemetry.FlushAsync(Patience).AsTask().IsCompletedSuccessfully);

        await telemetry.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    private static void Work(TelemetrySource source, ProcessTelemetry telemetry)
    {
        using var span = source.Spans.StartActivity("work");
        Worked(telemetry.Logs.CreateLogger("Category"), null);
        source.Count.Add(1);
    }

    private static ProcessTelemetry Start(CollectorStub collector, TelemetrySource source, bool grpc)
    {
        var variables = collector.EnvironmentFor("function", grpc);
        variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "500";
        return ProcessTelemetry.Start(new TelemetryTarget { Variables = variables.GetValueOrDefault, Sources = [source.Name], IncludesRuntime = false });
    }
}
