using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>An alarm over time, measured every five seconds.</summary>
public sealed class AlarmWatchTests
{
    private readonly ManualTime _time = new(AlarmCases.Noon);
    private readonly MetricStore _store = new(TimeSpan.FromHours(1));
    private readonly List<(TimeSpan After, string States)> _transitions = [];

    [Fact]
    public void Five_minutes_need_not_have_passed_for_the_first_state()
    {
        Run(Watch(AlarmCases.Alarm()), minutes: 3, AlarmCases.Good);

        Assert.Equal([(TimeSpan.FromMinutes(1), "INSUFFICIENT_DATA -> OK")], _transitions);
    }

    [Fact]
    public void Alarm_over_two_periods_comes_when_the_second_has_begun_to_breach()
    {
        Run(Watch(AlarmCases.Alarm(evaluationPeriods: 2)), minutes: 12, AlarmCases.Bad);

        // Five minutes back from the sixth there is the first minute's value.
        Assert.Equal([(TimeSpan.FromMinutes(6), "INSUFFICIENT_DATA -> ALARM")], _transitions);
    }

    [Fact]
    public void Queue_that_fills_and_empties_goes_to_alarm_and_back_once_each()
    {
        var watch = Watch(AlarmCases.Alarm(evaluationPeriods: 2));
        Run(watch, minutes: 11, AlarmCases.Good);
        Run(watch, minutes: 20, AlarmCases.Bad);
        Run(watch, minutes: 20, AlarmCases.Good);

        Assert.Equal(["INSUFFICIENT_DATA -> OK", "OK -> ALARM", "ALARM -> OK"], _transitions.Select(transition => transition.States));
        // The average of a period must be above 100 of 150: four of five minutes, in both periods.
        Assert.Equal(TimeSpan.FromMinutes(11 + 9), _transitions[1].After);
    }

    [Fact]
    public void A_spike_between_is_no_alarm()
    {
        var watch = Watch(AlarmCases.Alarm(evaluationPeriods: 2));
        Run(watch, minutes: 11, AlarmCases.Good);
        Run(watch, minutes: 6, AlarmCases.Bad);
        Run(watch, minutes: 20, AlarmCases.Good);

        Assert.Equal(["INSUFFICIENT_DATA -> OK"], _transitions.Select(transition => transition.States));
    }

    [Fact]
    public void Without_data_its_last_values_count_until_they_are_out_of_range()
    {
        var watch = Watch(AlarmCases.Alarm(periodSeconds: 60));
        Run(watch, minutes: 2, AlarmCases.Bad);
        Run(watch, minutes: 5, value: null);

        Assert.Equal(
            [(TimeSpan.FromMinutes(1), "INSUFFICIENT_DATA -> ALARM"), (TimeSpan.FromMinutes(5), "ALARM -> INSUFFICIENT_DATA")], _transitions);
    }

    [Fact]
    public void Function_that_nobody_calls_is_fine_where_the_template_says_so()
    {
        Run(Watch(AlarmCases.Alarm(treatMissingData: "notBreaching", statistic: "Sum")), minutes: 3, value: null);

        Assert.Equal(["INSUFFICIENT_DATA -> OK"], _transitions.Select(transition => transition.States));
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(30, 10)]
    [InlineData(60, 60)]
    [InlineData(300, 60)]
    [InlineData(86_400, 60)]
    public void Evaluated_each_minute_or_each_ten_seconds_below_one(int periodSeconds, int everySeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(everySeconds), AlarmWatch.Rhythm(AlarmCases.Alarm(periodSeconds: periodSeconds)));

    [Fact]
    public void Alarm_over_more_than_a_day_is_evaluated_each_hour() =>
        Assert.Equal(TimeSpan.FromHours(1), AlarmWatch.Rhythm(AlarmCases.Alarm(evaluationPeriods: 2, periodSeconds: 86_400)));

    [Fact]
    public void Alarm_of_ten_seconds_is_raised_within_ten()
    {
        var watch = Watch(AlarmCases.Alarm(periodSeconds: 10));
        Run(watch, minutes: 1, AlarmCases.Good);
        Run(watch, minutes: 1, AlarmCases.Bad);

        Assert.Equal([(TimeSpan.FromSeconds(10), "INSUFFICIENT_DATA -> OK"), (TimeSpan.FromSeconds(70), "OK -> ALARM")], _transitions);
    }

    [Fact]
    public void After_a_pause_of_the_machine_it_is_evaluated_once_and_not_for_each_minute_of_it()
    {
        var watch = Watch(AlarmCases.Alarm());
        _time.Advance(TimeSpan.FromHours(8));

        Assert.True(watch.TryEvaluate(_time.GetUtcNow(), out _));
        Assert.False(watch.TryEvaluate(_time.GetUtcNow(), out _));
    }

    [Fact]
    public void Alarm_without_a_metric_here_keeps_its_state_and_says_why()
    {
        var watch = new AlarmWatch(AlarmCases.Alarm(), _store, _time.GetUtcNow(), "AWS/ApiGateway 5xx is not measured in a local run.");
        Run(watch, minutes: 10, AlarmCases.Bad);

        Assert.Empty(_transitions);
        Assert.Equal((AlarmState.InsufficientData, "AWS/ApiGateway 5xx is not measured in a local run."), (watch.Status.State, watch.Status.Reason));
    }

    [Fact]
    public void Measurements_are_kept_for_as_long_as_it_looks_back()
    {
        var alarm = AlarmCases.Alarm(evaluationPeriods: 3);

        Assert.Equal(TimeSpan.FromMinutes(26), AlarmWatch.Reach(alarm));
    }

    private AlarmWatch Watch(PlannedAlarm alarm) => new(alarm, _store, _time.GetUtcNow());

    private void Run(AlarmWatch watch, int minutes, double? value)
    {
        for (var step = 0; step < minutes * 12; step++)
        {
            if (value is { } number)
                _store.Add(_time.GetUtcNow(), [new Measurement(AlarmCases.Depth, number)]);
            _time.Advance(TimeSpan.FromSeconds(5));
            if (watch.TryEvaluate(_time.GetUtcNow(), out var transition) && transition is not null)
                _transitions.Add((_time.GetUtcNow() - AlarmCases.Noon, $"{transition.From.Text()} -> {transition.To.Text()}"));
        }
    }
}
