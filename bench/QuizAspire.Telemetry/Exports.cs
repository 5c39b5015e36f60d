using System.Globalization;
using QuizAspire.TelemetryBench.Processes;

namespace QuizAspire.TelemetryBench;

/// <summary>What it costs a process to send its metrics: a process that has worked and now does nothing else, many exports, all series in each.</summary>
internal sealed class Exports(Emulators emulators, CollectorProcess collector, bool grpc)
{
    private const int Submissions = 2000;

    /// <summary>Before those that count, which are so many as well.</summary>
    private const int Count = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly Variant _variant = new("metrics", 1, Others:
    [
        ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRIC_EXPORT_INTERVAL", Interval.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
        ("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "cumulative"),
    ]);

    public async Task RunAsync<T>(string service, StartTarget<T> startAsync)
        where T : ITarget
    {
        await using var target = await startAsync(_variant, emulators, _variant.Environment(service, collector.Endpoint(grpc), grpc));
        await target.RunAsync(Submissions);
        await HappenAsync(Count);

        var (before, start) = (target.Processor, await collector.AskAsync());
        var end = await HappenAsync(Count);
        var (each, points) = ((target.Processor - before) / (end.Requests - start.Requests), (end.Points - start.Points) / (end.Requests - start.Requests));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{service,-16} {each.TotalMilliseconds:0.00} ms of processor time for {points} points"));
    }

    private async Task<Received> HappenAsync(int exports)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var start = await collector.AskAsync();
        while (true)
        {
            await Task.Delay(Look, TimeProvider.System, limit.Token);
            if (await collector.AskAsync() is var now && now.Requests - start.Requests >= exports)
                return now;
        }
    }
}
