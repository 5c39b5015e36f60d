using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>One alarm, its state and what it saw last.</summary>
internal sealed class AlarmWatch
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private readonly MetricStore _store;
    private readonly MetricId _metric;
    private readonly DateTimeOffset _configured;
    private DateTimeOffset _evaluated;

    /// <param name="now">When the alarm comes to be; it is evaluated first at the next turn of its rhythm.</param>
    /// <param name="whyNever">Why it has no data in this run and never will; it is not evaluated then.</param>
    public AlarmWatch(PlannedAlarm alarm, MetricStore store, DateTimeOffset now, string? whyNever = null)
    {
        (Alarm, _store, _configured) = (alarm, store, now);
        _metric = MetricId.Of(alarm.Namespace, alarm.MetricName, alarm.Dimensions);
        _evaluated = Turn(now);
        WhyNever = whyNever;
        Status = new AlarmStatus(AlarmState.InsufficientData, whyNever ?? AlarmReason.Initial, now, []);
    }

    public PlannedAlarm Alarm { get; }

    /// <summary>Null for an alarm that is evaluated.</summary>
    public string? WhyNever { get; }

    public AlarmStatus Status { get; private set; }

    /// <summary>How often CloudWatch evaluates such an alarm.</summary>
    public static TimeSpan Rhythm(PlannedAlarm alarm) =>
        alarm.Period < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(10)
        : alarm.Period * alarm.EvaluationPeriods > OneDay ? TimeSpan.FromHours(1)
        : TimeSpan.FromMinutes(1);

    /// <summary>How far back from the present its oldest datapoint may lie.</summary>
    public static TimeSpan Reach(PlannedAlarm alarm) => alarm.Period * AlarmEvaluator.Range(alarm) + Rhythm(alarm);

    /// <summary>Evaluates it if its turn has come. False: it has not.</summary>
    public bool TryEvaluate(DateTimeOffset now, out AlarmTransition? transition)
    {
        transition = null;
        var turn = Turn(now);
        if (WhyNever is not null || turn <= _evaluated)
            return false;
        _evaluated = turn;
        var range = Look(turn);
        var verdict = AlarmEvaluator.Evaluate(Alarm, Status.State, range);
        var seen = range.OfType<Datapoint>().ToArray();
        if (verdict.State == Status.State)
        {
            Status = Status with { Datapoints = seen };
            return true;
        }

        var (from, reason) = (Status.State, AlarmReason.Text(Alarm, verdict));
        Status = new AlarmStatus(verdict.State, reason, now, seen);
        transition = new AlarmTransition(Alarm, from, verdict.State, reason, now, _configured);
        return true;
    }

    private DateTimeOffset Turn(DateTimeOffset now) => now.AddTicks(-(now.UtcTicks % Rhythm(Alarm).Ticks));

    /// <summary>The periods up to now, not those of the clock: five minutes are the last five, at every minute anew.</summary>
    private Datapoint?[] Look(DateTimeOffset turn)
    {
        var range = new Datapoint?[AlarmEvaluator.Range(Alarm)];
        var start = turn - Alarm.Period * range.Length;
        foreach (var point in _store.Query(_metric, Alarm.Statistic, start, turn, Alarm.Period))
            range[range.Length - 1 - (int)((point.Timestamp - start) / Alarm.Period)] = point;
        return range;
    }
}

/// <param name="Reason">Of the last change of state.</param>
/// <param name="Since">When that was.</param>
/// <param name="Datapoints">What the last evaluation found, the newest first.</param>
internal sealed record AlarmStatus(AlarmState State, string Reason, DateTimeOffset Since, IReadOnlyList<Datapoint> Datapoints);
