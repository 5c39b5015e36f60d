using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.Tests.Alarms;

public sealed class MetricStoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MetricStore _store = new(TimeSpan.FromHours(1));

    [Theory]
    [InlineData("Average", 2.5)]
    [InlineData("Sum", 10)]
    [InlineData("Minimum", 1)]
    [InlineData("Maximum", 4)]
    [InlineData("SampleCount", 4)]
    [InlineData("p50", 2)]
    [InlineData("p75", 3)]
    [InlineData("p99.9", 4)]
    [InlineData("p0", 1)]
    [InlineData("p100", 4)]
    public void Each_statistic_of_one_period(string statistic, double expected)
    {
        for (var second = 0; second < 4; second++)
            Add(TimeSpan.FromSeconds(second * 10), 4 - second);

        var point = Assert.Single(_store.Query(AlarmCases.Depth, statistic, AlarmCases.Noon, AlarmCases.Noon + Minute, Minute));

        Assert.Equal((AlarmCases.Noon, expected), (point.Timestamp, point.Value));
    }

    [Theory]
    [InlineData("p101")]
    [InlineData("tm90")]
    [InlineData("average")]
    [InlineData("")]
    public void Other_statistics_are_not_known(string statistic) => Assert.False(Statistic.IsKnown(statistic));

    [Fact]
    public void Percentiles_of_values_that_were_told_in_short_are_not_to_be_had()
    {
        _store.Add(AlarmCases.Noon, [new Measurement(AlarmCases.Depth, new StatisticSet(3, 6, 1, 3))]);

        Assert.Empty(_store.Query(AlarmCases.Depth, "p50", AlarmCases.Noon, AlarmCases.Noon + Minute, Minute));
        Assert.Equal(2, _store.Query(AlarmCases.Depth, "Average", AlarmCases.Noon, AlarmCases.Noon + Minute, Minute).Single().Value);
    }

    [Fact]
    public void Periods_follow_one_another_from_the_start_and_those_without_values_are_left_out()
    {
        Add(TimeSpan.FromSeconds(-1), 9);
        Add(TimeSpan.Zero, 1);
        Add(TimeSpan.FromSeconds(59), 2);
        Add(TimeSpan.FromSeconds(60), 3);
        Add(TimeSpan.FromSeconds(239), 4);
        Add(TimeSpan.FromSeconds(240), 9);

        var points = _store.Query(AlarmCases.Depth, "Sum", AlarmCases.Noon, AlarmCases.Noon + 4 * Minute, Minute);

        Assert.Equal([(0, 3), (1, 3), (3, 4)], points.Select(point => ((point.Timestamp - AlarmCases.Noon).TotalMinutes, point.Value)));
    }

    [Fact]
    public void Series_differ_by_their_dimensions_and_not_by_their_order()
    {
        Assert.Equal(Of(("a", "1"), ("b", "2")), Of(("b", "2"), ("a", "1")));
        Assert.NotEqual(Of(("a", "1")), Of(("a", "2")));

        static MetricId Of(params (string Name, string Value)[] dimensions) =>
            MetricId.Of("N", "M", dimensions.Select(one => KeyValuePair.Create(one.Name, one.Value)));
    }

    [Fact]
    public void Old_measurements_go_and_memory_stays_bounded()
    {
        var store = new MetricStore(TimeSpan.FromMinutes(10));
        for (var second = 0; second < 20_000; second += 5)
            store.Add(AlarmCases.Noon.AddSeconds(second), [new Measurement(AlarmCases.Depth, 1)]);

        var kept = store.Query(
            AlarmCases.Depth, "SampleCount", AlarmCases.Noon, AlarmCases.Noon.AddSeconds(20_000), TimeSpan.FromDays(1)).Single().Value;

        Assert.InRange(kept, 120, 2 * 120);
    }

    [Fact]
    public void Clock_that_is_set_back_loses_nothing()
    {
        Add(TimeSpan.FromSeconds(30), 1);
        Add(TimeSpan.FromSeconds(10), 2);

        Assert.Equal(3, _store.Query(AlarmCases.Depth, "Sum", AlarmCases.Noon, AlarmCases.Noon + Minute, Minute).Single().Value);
    }

    [Fact]
    public void Periods_share_out_all_values_between_start_and_end() => Prop.ForAll(
        (from seconds in Gen.Choose(0, 3600).ArrayOf(50)
         from period in Gen.Elements(10, 60, 300, 7)
         from start in Gen.Choose(0, 1800)
         select (seconds, period, start)).ToArbitrary(),
        sample =>
        {
            var store = new MetricStore(TimeSpan.FromDays(1));
            foreach (var second in sample.seconds.Order())
                store.Add(AlarmCases.Noon.AddSeconds(second), [new Measurement(AlarmCases.Depth, 1)]);
            var (start, end) = (AlarmCases.Noon.AddSeconds(sample.start), AlarmCases.Noon.AddSeconds(1800));

            var points = store.Query(AlarmCases.Depth, "Sum", start, end, TimeSpan.FromSeconds(sample.period));

            Assert.Equal(sample.seconds.Count(second => second >= sample.start && second < 1800), points.Sum(point => point.Value));
            Assert.All(points, point => Assert.Equal(0, (point.Timestamp - start).TotalSeconds % sample.period));
            Assert.Equal(points.Count, points.DistinctBy(point => point.Timestamp).Count());
        }).QuickCheckThrowOnFailure();

    private void Add(TimeSpan after, double value) => _store.Add(AlarmCases.Noon + after, [new Measurement(AlarmCases.Depth, value)]);
}
