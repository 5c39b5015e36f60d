using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>Several alarms, evaluated each second by a clock that the test moves.</summary>
public sealed class AlarmRunnerTests
{
    private readonly ManualTime _time = new(AlarmCases.Noon);
    private readonly MetricStore _store = new(TimeSpan.FromHours(1));

    [Fact]
    public async Task Each_alarm_has_its_own_rhythm_and_is_told_of_once_per_change()
    {
        var evaluations = new List<(int Period, double After, string? To)>();
        int[] periods = [10, 60, 300];
        var alarms = periods.Select(period => new AlarmWatch(AlarmCases.Alarm(periodSeconds: period), _store, _time.GetUtcNow())).ToArray();
        var runner = new AlarmRunner(alarms, _time, (watch, transition) =>
        {
            evaluations.Add(((int)watch.Alarm.Period.TotalSeconds, (_time.GetUtcNow() - AlarmCases.Noon).TotalSeconds, transition?.To.Text()));
            return Task.CompletedTask;
        });

        for (var second = 0; second < 240; second++)
        {
            _store.Add(_time.GetUtcNow(), [new Measurement(AlarmCases.Depth, second < 120 ? AlarmCases.Good : AlarmCases.Bad)]);
            _time.Advance(AlarmRunner.Interval);
            await runner.EvaluateDueAsync();
        }

        Assert.Equal([24, 4, 4], periods.Select(period => evaluations.Count(one => one.Period == period)));
        // The average of five minutes does not exceed 100 by two of four.
        Assert.Equal(
            [(10, 10, "OK"), (10, 130, "ALARM"), (60, 60, "OK"), (60, 180, "ALARM"), (300, 60, "OK")],
            evaluations.Where(one => one.To is not null).OrderBy(one => one.Period).ThenBy(one => one.After));
    }
}
