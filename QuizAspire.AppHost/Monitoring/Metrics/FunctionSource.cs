using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>The functions' invocations, from the differences between the counts that the Lambda emulator keeps since it started.</summary>
/// <param name="emulator">The emulator's address; null while it is not up for the first time.</param>
internal sealed class FunctionSource(HttpClient http, Func<string?> emulator) : IMetricSource
{
    private const string CountsPath = "/lambda-runtime-api/functions";

    private readonly Dictionary<string, FunctionTotals> _before = new(StringComparer.Ordinal);

    public string Name => "Lambda emulator";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(CancellationToken cancellation)
    {
        if (emulator() is not { } address)
            return [];
        using var response = await http.GetAsync(new Uri(address.TrimEnd('/') + CountsPath), cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw new NotSupportedException(
                "it keeps no counts, so there is no data of AWS/Lambda (so it is with the public test tool, in package mode nuget)");
        response.EnsureSuccessStatusCode();
        var totals = await response.Content.ReadFromJsonAsync(FunctionTotalsJson.Default.IReadOnlyListFunctionTotals, cancellation);
        return [.. totals!.SelectMany(Since)];
    }

    private IEnumerable<Measurement> Since(FunctionTotals now)
    {
        // AppHost starts the emulator, so what it has counted before the first look counts, as it does after a restart.
        var before = _before.GetValueOrDefault(now.FunctionName) is { } kept && !now.IsBehind(kept) ? kept : FunctionTotals.None;
        _before[now.FunctionName] = now;
        var (invocations, errors, throttles) = (now.Invocations - before.Invocations, now.Errors - before.Errors, now.Throttles - before.Throttles);

        // As on AWS a function that is not called has no values at all, one that is called has a 0 or a 1 for each call.
        if (invocations > 0)
            yield return Of(MetricCatalog.Invocations, new StatisticSet(invocations, invocations, 1, 1));
        if (invocations > 0 || errors > 0)
            yield return Of(MetricCatalog.Errors, Flags(errors, Math.Max(invocations, errors)));
        if (invocations > 0 || throttles > 0)
            yield return Of(MetricCatalog.Throttles, Flags(throttles, invocations + throttles));
        if (invocations > 0 || now.Running > 0)
            yield return Of(MetricCatalog.ConcurrentExecutions, StatisticSet.Of(Math.Max(1, now.Running)));
        foreach (var duration in Durations(now, now.DurationCount - before.DurationCount, now.DurationTotal - before.DurationTotal))
            yield return Of(MetricCatalog.Duration, duration);

        Measurement Of(string metric, StatisticSet values) =>
            new(MetricId.Of(MetricCatalog.Functions, metric, MetricCatalog.FunctionName, now.FunctionName), values);
    }

    private static StatisticSet Flags(long set, long all) => new(all, set, set < all ? 0 : 1, set > 0 ? 1 : 0);

    /// <summary>The newest one by one. What is beyond those is known by its sum, and goes in at its average.</summary>
    private static IEnumerable<StatisticSet> Durations(FunctionTotals now, long count, double total)
    {
        var newest = now.RecentDurations.TakeLast((int)Math.Min(count, now.RecentDurations.Count)).ToArray();
        foreach (var one in newest)
            yield return StatisticSet.Of(one);
        if (count - newest.Length is var rest and > 0 && (total - newest.Sum()) / rest is var average)
            yield return new StatisticSet(rest, average * rest, average, average);
    }
}

/// <summary>What the Lambda emulator says of a function. Durations are in milliseconds.</summary>
/// <param name="RecentDurations">The newest last.</param>
internal sealed record FunctionTotals(
    string FunctionName, long Invocations, long Errors, long Throttles, int Running, long DurationCount, double DurationTotal,
    IReadOnlyList<double> RecentDurations)
{
    public static readonly FunctionTotals None = new("", 0, 0, 0, 0, 0, 0, []);

    /// <summary>The emulator has started anew since: it cannot count backwards.</summary>
    public bool IsBehind(FunctionTotals before) => Invocations < before.Invocations || Errors < before.Errors
        || Throttles < before.Throttles || DurationCount < before.DurationCount;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<FunctionTotals>))]
internal sealed partial class FunctionTotalsJson : JsonSerializerContext;
