using QuizAspire.TelemetryBench.Processes;

namespace QuizAspire.TelemetryBench;

/// <summary>The parts of a run.</summary>
internal sealed class Bench(BenchOptions options, Emulators emulators, CollectorProcess collector)
{
    private const double DeployedShare = 0.05;
    private const int ColdStartRounds = 7;
    private const int LongLoad = 40_000;

    /// <summary>A second process without telemetry tells how far two of the same are apart.</summary>
    private readonly IReadOnlyList<Variant> _variants =
    [
        new("off"), new("off, another process"), new("on, 5 % sampled", DeployedShare), new("on, all sampled", 1),
        new("on, all, and logs", 1, Logs: true),
        .. options.Also.Select(Variant.Of),
        .. options.Before is { } root ? new[] { new Variant("before", Root: root) } : [],
    ];

    public async Task<bool> RunAsync()
    {
        Console.WriteLine($"load of the machine: {await LoadAsync()}");
        var isRight = true;
        if (options.Wants("api"))
            await CompareAsync("API, a submission over HTTP at a time on each of 16 connections", ApiTarget.Service, ApiTarget.StartAsync);
        if (options.Wants("function"))
            await CompareAsync("quiz-processor, a batch of 10 at a time", FunctionTarget.Service, FunctionTarget.StartAsync);
        if (options.Wants("exports"))
        {
            var exports = new Exports(emulators, collector, options.Grpc);
            Console.WriteLine("\nexports of metrics, of which there is one a minute");
            await exports.RunAsync(ApiTarget.Service, ApiTarget.StartAsync);
            await exports.RunAsync(FunctionTarget.Service, FunctionTarget.StartAsync);
        }

        if (options.Wants("cold"))
        {
            Console.WriteLine("\nquiz-processor, new processes");
            await new ColdStarts(emulators, collector, options.Grpc).RunAsync([.. _variants.Where(variant => variant.Share != DeployedShare)], ColdStartRounds);
        }

        var faults = new Faults(emulators, collector, options.Grpc);
        if (options.Wants("faults"))
        {
            Console.WriteLine("\nquiz-processor, invocations while the collector is not well");
            isRight = await faults.RunAsync();
        }

        return options.Wants("memory") ? isRight & await faults.RunLongAsync(LongLoad) : isRight;
    }

    private static async Task<string> LoadAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Trim() : "unknown";

    private async Task CompareAsync<T>(string title, string service, StartTarget<T> startAsync)
        where T : ITarget
    {
        Console.WriteLine($"\n{title}; {options.Submissions} in each of {options.Rounds} rounds of {options.Starts} starts");
        var comparison = new Comparison(_variants);
        for (var start = 0; start < options.Starts; start++)
            comparison.Add(await MeasureAsync(service, startAsync));
        foreach (var line in comparison.Report())
            Console.WriteLine(line);
        Console.WriteLine($"collector so far: {await collector.AskAsync()}; load {await LoadAsync()}");
    }

    private async Task<IReadOnlyList<Cost>> MeasureAsync<T>(string service, StartTarget<T> startAsync)
        where T : ITarget
    {
        var targets = new List<ITarget>();
        try
        {
            foreach (var variant in _variants)
                targets.Add(await startAsync(variant, emulators, variant.Environment(service, collector.Endpoint(options.Grpc), options.Grpc)));
            return await new SideBySide(targets, options.Submissions).RunAsync(options.Warmups, options.Rounds);
        }
        finally
        {
            foreach (var target in targets)
                await target.DisposeAsync();
        }
    }
}
