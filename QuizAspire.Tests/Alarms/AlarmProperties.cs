using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>What holds for every alarm and all data.</summary>
public sealed class AlarmProperties
{
    private static readonly string[] Treatments = ["missing", "ignore", "breaching", "notBreaching"];

    private static readonly Gen<PlannedAlarm> Alarms =
        from periods in Gen.Choose(1, 6)
        from datapoints in Gen.Choose(1, periods)
        from treatment in Gen.Elements(Treatments)
        from comparison in Gen.Elements("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold")
        from seconds in Gen.Elements(10, 30, 60, 300)
        select AlarmCases.Alarm(periods, datapoints, treatment, seconds, comparison);

    private static readonly Gen<double?> Values = Gen.Frequency(
        (2, Gen.Constant<double?>(null)), (3, Gen.Elements<double?>(AlarmCases.Good, AlarmCases.Bad, AlarmCases.Limit)));

    private static readonly Gen<(PlannedAlarm Alarm, Datapoint?[] Range, AlarmState Current)> Cases =
        from alarm in Alarms
        from values in Values.ArrayOf(AlarmEvaluator.Range(alarm))
        from current in Gen.Elements(Enum.GetValues<AlarmState>())
        select (alarm, values.Select((value, age) => value is { } number ? AlarmCases.Point(number, age) : (Datapoint?)null).ToArray(), current);

    [Fact]
    public void It_is_in_alarm_only_with_enough_that_breaches_or_an_old_breach_and_nothing_against_it() => Holds((alarm, range, current) =>
    {
        var verdict = AlarmEvaluator.Evaluate(alarm, current, range);
        var real = range.OfType<Datapoint>().ToArray();
        var breaching = verdict.Evaluated.Count(point => AlarmEvaluator.IsBreaching(alarm, point));
        var filled = alarm.TreatMissingData == "breaching" ? verdict.Missing : 0;
        var premature = alarm.TreatMissingData == "missing" && real.Length > 0 && breaching == real.Length
            && Array.FindLastIndex(range, point => point is not null) >= alarm.DatapointsToAlarm - 1;
        var retained = alarm.TreatMissingData == "ignore" && current == AlarmState.Alarm;
        return verdict.State != AlarmState.Alarm || breaching + filled >= alarm.DatapointsToAlarm || premature || retained;
    });

    [Fact]
    public void Enough_that_breaches_is_an_alarm_whatever_is_missing() => Holds((alarm, range, current) =>
        range.OfType<Datapoint>().Take(alarm.EvaluationPeriods).Count(point => AlarmEvaluator.IsBreaching(alarm, point)) < alarm.DatapointsToAlarm
        || AlarmEvaluator.Evaluate(alarm, current, range).State == AlarmState.Alarm);

    [Fact]
    public void With_as_many_values_as_periods_missing_data_and_the_present_state_do_not_matter() => Holds((alarm, range, current) =>
        range.OfType<Datapoint>().Count() < alarm.EvaluationPeriods
        || Treatments.SelectMany(treatment => Enum.GetValues<AlarmState>().Select(state =>
                AlarmEvaluator.Evaluate(alarm with { TreatMissingData = treatment }, state, range).State)).Distinct().Count() == 1);

    [Fact]
    public void Data_is_insufficient_only_where_some_is_missing_and_treated_so() => Holds((alarm, range, current) =>
        AlarmEvaluator.Evaluate(alarm, AlarmState.Ok, range) is var verdict
        && (verdict.State != AlarmState.InsufficientData || (alarm.TreatMissingData == "missing" && verdict.Missing > 0)));

    [Fact]
    public void Every_transition_has_a_reason() => Holds((alarm, range, current) =>
    {
        var verdict = AlarmEvaluator.Evaluate(alarm, current, range);
        return verdict.State == current || AlarmReason.Text(alarm, verdict) is { Length: > 20 };
    });

    [Fact]
    public void Watched_over_an_hour_an_alarm_acts_exactly_when_its_state_changes() => Prop.ForAll(
        Gen.Zip(Alarms, Values.ArrayOf(60)).ToArbitrary(), sample =>
        {
            var (alarm, values) = sample;
            var (time, store) = (new ManualTime(AlarmCases.Noon), new MetricStore(TimeSpan.FromHours(1)));
            var watch = new AlarmWatch(alarm, store, time.GetUtcNow());
            var state = watch.Status.State;
            foreach (var value in values)
            {
                if (value is { } number)
                    store.Add(time.GetUtcNow(), [new Measurement(AlarmCases.Depth, number)]);
                time.Advance(TimeSpan.FromMinutes(1));
                Assert.True(watch.TryEvaluate(time.GetUtcNow(), out var transition));
                Assert.Equal(watch.Status.State != state, transition is not null);
                Assert.True(transition is null
                    || (transition.From == state && transition.To == watch.Status.State && transition.Reason == watch.Status.Reason));
                Assert.False(watch.TryEvaluate(time.GetUtcNow(), out _));
                state = watch.Status.State;
            }
        }).QuickCheckThrowOnFailure();

    private static void Holds(Func<PlannedAlarm, Datapoint?[], AlarmState, bool> property) =>
        Prop.ForAll(Cases.ToArbitrary(), sample => property(sample.Alarm, sample.Range, sample.Current)).QuickCheckThrowOnFailure();
}
