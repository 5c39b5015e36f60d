using System.Globalization;
using QuizAspire.TelemetryBench.Processes;

namespace QuizAspire.TelemetryBench;

/// <summary>From the start of the function's process to its first poll, and its first invocation, with telemetry and without.</summary>
internal sealed class ColdStarts(Emulators emulators, CollectorProcess collector, bool grpc)
{
    public async Task RunAsync(IReadOnlyList<Variant> variants, int rounds)
    {
        var starts = variants.ToDictionary(variant => variant, _ => new List<(double Init, double First, double Processor)>());
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < variants.Count; i++)
            {
                var variant = variants[(round + i) % variants.Count];
                await using var function = await FunctionTarget.StartAsync(
                    variant, emulators, variant.Environment(FunctionTarget.Service, collector.Endpoint(grpc), grpc));
                var first = await function.InvokeAsync();
                var all = TimeProvider.System.GetElapsedTime(function.StartedAt);
                starts[variant].Add(((all - first).TotalMilliseconds, first.TotalMilliseconds, function.Processor.TotalMilliseconds));
            }
        }

        Console.WriteLine($"{"",-22} {"init ms",8} {"first ms",9} {"CPU ms",8}   (medians of {rounds} starts, not ReadyToRun)");
        foreach (var (variant, times) in starts)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{variant.Name,-22} {Numbers.Median(times.Select(time => time.Init)),8:0} {Numbers.Median(times.Select(time => time.First)),9:0} {Numbers.Median(times.Select(time => time.Processor)),8:0}"));
    }
}
