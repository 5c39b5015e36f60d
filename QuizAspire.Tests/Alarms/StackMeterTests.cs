using System.Diagnostics.Metrics;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>What the dashboard's metrics say of queues, functions and alarms.</summary>
public sealed class StackMeterTests : IDisposable
{
    private readonly Meter _meter = new($"stack-{Guid.NewGuid():N}");
    private readonly RecordedMeasurements _measured;

    public StackMeterTests() => _measured = new RecordedMeasurements(meter => meter == _meter);

    public void Dispose()
    {
        _measured.Dispose();
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

        const string queue = "quizaspire.queue.messages messaging.destination.name=one quizaspire.message.state=";
        Assert.Equal([$"{queue}delayed 0", $"{queue}in_flight 2", $"{queue}visible 3"], Texts(_measured.Observe()));

        meter.Take([]);
        Assert.Empty(_measured.Observe());
    }

    [Fact]
    public void Functions_counts_add_up()
    {
        var meter = new StackMeter(_meter, []);
        foreach (var (invocations, errors) in new[] { (3, 1), (2, 0) })
            meter.Take([Function(MetricCatalog.Invocations, invocations), Function(MetricCatalog.Errors, errors), Function(MetricCatalog.Duration, 99)]);

        Assert.Equal(new Dictionary<string, double> { ["faas.name=f"] = 5 }, _measured.Totals("quizaspire.emulator.function.invocations"));
        Assert.Equal(new Dictionary<string, double> { ["faas.name=f"] = 1 }, _measured.Totals("quizaspire.emulator.function.errors"));
    }

    [Fact]
    public void Alarm_is_in_one_state()
    {
        var store = new MetricStore(TimeSpan.FromHours(1));
        _ = new StackMeter(_meter, [
            new AlarmWatch(AlarmCases.Alarm(), store, AlarmCases.Noon),
            new AlarmWatch(AlarmCases.Alarm() with { Name = "never" }, store, AlarmCases.Noon, "for a reason"),
        ]);

        var alarm = $"quizaspire.alarm.state quizaspire.alarm.name={AlarmCases.Alarm().Name} quizaspire.alarm.state=";
        Assert.Equal([$"{alarm}ALARM 0", $"{alarm}INSUFFICIENT_DATA 1", $"{alarm}OK 0"], Texts(_measured.Observe()));
    }

    private static IEnumerable<string> Texts(IEnumerable<Measured> measured) =>
        measured.Select(one => $"{one.Instrument} {one.Attributes} {one.Value}").Order(StringComparer.Ordinal);

    private static Measurement Queue(string name, string metric, double value) =>
        new(MetricId.Of(MetricCatalog.Queues, metric, MetricCatalog.QueueName, name), value);

    private static Measurement Function(string metric, double sum) =>
        new(MetricId.Of(MetricCatalog.Functions, metric, MetricCatalog.FunctionName, "f"), new StatisticSet(10, sum, 0, 1));
}
