using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>What the dashboard's metrics say of queues, functions and alarms.</summary>
public sealed class StackMeterTests : IDisposable
{
    private readonly Meter _meter = new($"stack-{Guid.NewGuid():N}");
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _values = new(StringComparer.Ordinal);

    public StackMeterTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Queue_has_its_messages_by_state_for_as_long_as_it_answers()
    {
        var meter = new StackMeter(_meter, []);
        meter.Take([
            Queue("one", MetricCatalog.Visible, 3), Queue("one", MetricCatalog.NotVisible, 2), Queue("one", MetricCatalog.Delayed, 0),
            Queue("one", MetricCatalog.OldestAge, 17),
        ]);
        _listener.RecordObservableInstruments();

        Assert.Equal(
            ["quizaspire.queue.messages one delayed=0", "quizaspire.queue.messages one in_flight=2", "quizaspire.queue.messages one visible=3"], Values);

        _values.Clear();
        meter.Take([]);
        _listener.RecordObservableInstruments();
        Assert.Empty(Values);
    }

    [Fact]
    public void Functions_counts_add_up()
    {
        var meter = new StackMeter(_meter, []);
        foreach (var (invocations, errors) in new[] { (3, 1), (2, 0) })
            meter.Take([Function(MetricCatalog.Invocations, invocations), Function(MetricCatalog.Errors, errors), Function(MetricCatalog.Duration, 99)]);

        Assert.Equal(["quizaspire.emulator.function.errors f=1", "quizaspire.emulator.function.invocations f=5"], Values);
    }

    [Fact]
    public void Alarm_is_in_one_state()
    {
        var store = new MetricStore(TimeSpan.FromHours(1));
        _ = new StackMeter(_meter, [
            new AlarmWatch(AlarmCases.Alarm(), store, AlarmCases.Noon),
            new AlarmWatch(AlarmCases.Alarm() with { Name = "never" }, store, AlarmCases.Noon, "for a reason"),
        ]);

        _listener.RecordObservableInstruments();

        var name = AlarmCases.Alarm().Name;
        Assert.Equal(
            [$"quizaspire.alarm.state {name} ALARM=0", $"quizaspire.alarm.state {name} INSUFFICIENT_DATA=1", $"quizaspire.alarm.state {name} OK=0"], Values);
    }

    private IEnumerable<string> Values => _values.Select(value => $"{value.Key}={value.Value}").Order(StringComparer.Ordinal);

    private static Measurement Queue(string name, string metric, double value) =>
        new(MetricId.Of(MetricCatalog.Queues, metric, MetricCatalog.QueueName, name), value);

    private static Measurement Function(string metric, double sum) =>
        new(MetricId.Of(MetricCatalog.Functions, metric, MetricCatalog.FunctionName, "f"), new StatisticSet(10, sum, 0, 1));

    private void Keep(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var tag in tags)
            key += $" {tag.Value}";
        _values.AddOrUpdate(key, value, (_, before) => instrument.IsObservable ? value : before + value);
    }
}
