namespace QuizAspire.AppHost.Monitoring.Metrics;

/// <summary>What was measured, in memory, for as long as the longest alarm looks back.</summary>
/// <param name="retention">How long a measurement is kept.</param>
internal sealed class MetricStore(TimeSpan retention)
{
    // A day of measurements every five seconds. Whatever the retention says, a series takes no more memory than that.
    private const int MaximumPerSeries = 17_280;

    private readonly Lock _gate = new();
    private readonly Dictionary<MetricId, List<Kept>> _series = [];

    public TimeSpan Retention => retention;

    /// <summary>Measurements come in the order of their time. One that a clock set back has put before the last keeps the last one's time.</summary>
    public void Add(DateTimeOffset at, IEnumerable<Measurement> measurements)
    {
        lock (_gate)
        {
            foreach (var (metric, values) in measurements)
            {
                if (!_series.TryGetValue(metric, out var series))
                    _series.Add(metric, series = []);
                series.Add(new Kept(series is [.., var last] && last.At > at ? last.At : at, values));
                Trim(series, at - retention);
            }
        }
    }

    /// <summary>
    /// The statistic of each period that has values, oldest first; periods follow one another from <paramref name="start"/> up to
    /// <paramref name="end"/>.
    /// </summary>
    public IReadOnlyList<Datapoint> Query(MetricId metric, string statistic, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        var points = new List<Datapoint>();
        lock (_gate)
        {
            if (!_series.TryGetValue(metric, out var series))
                return points;
            for (var index = FirstFrom(series, start); index < series.Count && series[index].At < end;)
            {
                var from = start + period * Math.Floor((series[index].At - start) / period);
                var next = index;
                while (next < series.Count && series[next].At < from + period && series[next].At < end)
                    next++;
                var values = series.GetRange(index, next - index).ConvertAll(kept => kept.Values);
                if (Statistic.Of(statistic, values) is { } value)
                    points.Add(new Datapoint(from, value));
                index = next;
            }
        }

        return points;
    }

    private static void Trim(List<Kept> series, DateTimeOffset oldest)
    {
        var stale = Math.Max(FirstFrom(series, oldest), series.Count - MaximumPerSeries);
        // Now and then rather than each time: removing moves all that stays.
        if (stale > Math.Max(64, series.Count / 8))
            series.RemoveRange(0, stale);
    }

    private static int FirstFrom(List<Kept> series, DateTimeOffset time)
    {
        var (low, high) = (0, series.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (series[middle].At < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private readonly record struct Kept(DateTimeOffset At, StatisticSet Values);
}
