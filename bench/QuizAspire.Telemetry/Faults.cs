using System.Globalization;
using QuizAspire.TelemetryBench.Processes;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.TelemetryBench;

/// <summary>What a collector that is not well costs an invocation of quiz-processor, beside one without telemetry in the same rounds.</summary>
internal sealed class Faults(Emulators emulators, CollectorProcess collector, bool grpc)
{
    /// <summary>Before the fault, so that what is compiled while it runs is not taken for its cost.</summary>
    private const int Warmups = 100;

    private const int Invocations = 60;

    // Null is a collector that is down.
    private static readonly CollectorMode?[] Modes =
    [
        CollectorMode.Good, null, CollectorMode.Hanging, CollectorMode.Failing, CollectorMode.Unavailable, CollectorMode.SlowDrip,
        CollectorMode.EndlessBody, CollectorMode.Redirecting, CollectorMode.Closing, CollectorMode.Nonsense,
    ];

    /// <returns>Whether every result is there.</returns>
    public async Task<bool> RunAsync()
    {
        Console.WriteLine($"{"collector",-14} {"1st ms",8} {"p50 ms",8} {"p99 ms",8} {"max ms",8}   {"without: p50",12} {"p99",8} {"max",8} {"MB",6} {"results",8}");
        var isRight = true;
        foreach (var mode in Modes)
            isRight &= await RunAsync(mode);
        return isRight;
    }

    /// <summary>A long load while the collector is down: memory after each quarter.</summary>
    public async Task<bool> RunLongAsync(int submissions)
    {
        await collector.ChangeAsync(null);
        var traced = new Variant("all", 1, Logs: true);
        var telemetry = traced.Environment(FunctionTarget.Service, collector.Endpoint(grpc), grpc);
        await using var function = await FunctionTarget.StartAsync(traced, emulators, telemetry);
        var api = traced.Environment(ApiTarget.Service, collector.Endpoint(grpc), grpc);
        await using var server = await ApiTarget.StartAsync(traced, emulators, api);
        foreach (var target in (ITarget[])[function, server])
        {
            var memory = new List<string>();
            for (var quarter = 0; quarter < 4; quarter++)
            {
                for (var done = 0; done < submissions / 4; done += 1000)
                    await target.RunAsync(1000);
                memory.Add(string.Create(CultureInfo.InvariantCulture, $"{target.Resident / 1e6:0} MB"));
            }

            Console.WriteLine($"{target.GetType().Name}, collector down, after each quarter of {submissions} submissions: {string.Join(", ", memory)}");
        }

        await collector.ChangeAsync(CollectorMode.Good);
        return await function.HasAllResultsAsync();
    }

    private async Task<bool> RunAsync(CollectorMode? mode)
    {
        var (with, without) = (new Variant("all", 1, Logs: true), new Variant("off"));
        await collector.ChangeAsync(CollectorMode.Good);
        await using var traced = await FunctionTarget.StartAsync(with, emulators, with.Environment(FunctionTarget.Service, collector.Endpoint(grpc), grpc));
        await using var plain = await FunctionTarget.StartAsync(without, emulators, new Dictionary<string, string>());
        await traced.RunAsync(Warmups * Load.BatchSize);
        await plain.RunAsync(Warmups * Load.BatchSize);

        await collector.ChangeAsync(mode);
        var (slow, usual) = (new List<double>(), new List<double>());
        for (var i = 0; i < Invocations; i++)
        {
            slow.Add((await traced.InvokeAsync()).TotalMilliseconds);
            usual.Add((await plain.InvokeAsync()).TotalMilliseconds);
        }

        await collector.ChangeAsync(CollectorMode.Good);
        var isRight = await traced.HasAllResultsAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{mode?.ToString() ?? "Down",-14} {slow[0],8:0.0} {Percentiles(slow)}   {Percentiles(usual).PadLeft(30)} {traced.Resident / 1e6,6:0} {(isRight ? "all" : "LOST"),8}"));
        return isRight;
    }

    private static string Percentiles(List<double> times) => string.Create(
        CultureInfo.InvariantCulture, $"{Numbers.Median(times),8:0.0} {Numbers.Quantile(times, 0.99),8:0.0} {times.Max(),8:0.0}");
}
