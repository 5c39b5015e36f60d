using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>
/// Decides an alarm's state as CloudWatch's user guide says ("Configuring how CloudWatch alarms treat missing data"). N is the number of evaluation
/// periods, M that of datapoints to alarm.
/// </summary>
internal static class AlarmEvaluator
{
    /// <summary>
    /// CloudWatch looks further back than N periods, to have values in place of missing ones. How far is not documented; its examples look 5
    /// periods back for N = 3.
    /// </summary>
    public static int Range(PlannedAlarm alarm) => alarm.EvaluationPeriods + 2;

    /// <param name="range">The last <see cref="Range"/> periods, the newest first; null where there was no value.</param>
    public static AlarmVerdict Evaluate(PlannedAlarm alarm, AlarmState current, IReadOnlyList<Datapoint?> range)
    {
        // Whatever real values there are stand in for missing ones, before any rule about these.
        var real = range.OfType<Datapoint>().Take(alarm.EvaluationPeriods).ToArray();
        var missing = alarm.EvaluationPeriods - real.Length;
        var breaching = real.Count(point => IsBreaching(alarm, point));
        return new AlarmVerdict(State(), real, missing);

        AlarmState State()
        {
            if (missing == 0 || breaching >= alarm.DatapointsToAlarm)
                return IsAlarm(breaching);
            switch (alarm.TreatMissingData)
            {
                case "breaching":
                    return IsAlarm(breaching + missing);
                case "notBreaching":
                    return AlarmState.Ok;
                // Missing or ignored, the others decide as far as they can.
                default:
                    return breaching < real.Length ? AlarmState.Ok
                        : alarm.TreatMissingData == "ignore" ? current
                        : IsOldEnough() ? AlarmState.Alarm : AlarmState.InsufficientData;
            }
        }

        AlarmState IsAlarm(int count) => count >= alarm.DatapointsToAlarm ? AlarmState.Alarm : AlarmState.Ok;

        // All values there are breach, but too few: the next may not. Once the oldest lies M periods back there have been chances enough.
        bool IsOldEnough() => real.Length > 0 && range.Skip(alarm.DatapointsToAlarm - 1).Any(point => point is not null);
    }

    public static bool IsBreaching(PlannedAlarm alarm, Datapoint point) =>
        Threshold.IsBreached(alarm.ComparisonOperator, point.Value, alarm.Threshold);

    /// <summary>Why the alarm cannot be decided here at all; null when it can.</summary>
    /// <param name="functions">Those that run as functions in this run: another one's metrics will never have a value.</param>
    public static string? WhyNever(PlannedAlarm alarm, IReadOnlySet<string> functions)
    {
        if (alarm.MetricName.Length == 0)
            return "It is on metric math, which a local run does not do.";
        if (MetricCatalog.WhyNotMeasured(alarm.Namespace, alarm.MetricName, alarm.Dimensions, alarm.Unit) is { } reason)
            return $"{reason}.";
        if (alarm.Namespace == MetricCatalog.Functions
            && alarm.Dimensions[MetricCatalog.FunctionName] is var function && !functions.Contains(function))
            return $"{function} does not run as a function in a local run.";
        if (!Threshold.IsFixed(alarm.ComparisonOperator))
            return $"{alarm.ComparisonOperator} compares with a band of expected values, which a local run has none of.";
        return Statistic.IsKnown(alarm.Statistic) ? null : $"The statistic {alarm.Statistic} is not computed in a local run.";
    }
}

/// <param name="Evaluated">The real values that counted, the newest first.</param>
/// <param name="Missing">How many more it would have taken.</param>
internal sealed record AlarmVerdict(AlarmState State, IReadOnlyList<Datapoint> Evaluated, int Missing);
