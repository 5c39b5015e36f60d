using System.Globalization;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>Why an alarm changed its state, in the words of CloudWatch.</summary>
internal static class AlarmReason
{
    public const string Initial = "Unchecked: Initial alarm creation";

    public static string Text(PlannedAlarm alarm, AlarmVerdict verdict)
    {
        var missing = Count(verdict.Missing, "missing datapoint");
        var treated = alarm.TreatMissingData == "breaching" ? "[Breaching]" : "[NonBreaching]";
        if (verdict.State == AlarmState.InsufficientData)
            return $"Insufficient Data: {Count(verdict.Missing, "datapoint")} {Were(verdict.Missing)} unknown.";
        if (verdict.Evaluated.Count == 0)
            return $"Threshold Crossed: no datapoints were received for {Count(alarm.EvaluationPeriods, "period")} "
                + $"and {missing} {Were(verdict.Missing)} treated as {treated}.";

        var isAlarm = verdict.State == AlarmState.Alarm;
        var deciding = verdict.Evaluated.Where(point => AlarmEvaluator.IsBreaching(alarm, point) == isAlarm).ToArray();
        var filled = verdict.Missing > 0 && alarm.TreatMissingData is "breaching" or "notBreaching"
            ? $"{missing} {Were(verdict.Missing)} treated as {treated}" : null;
        if (deciding.Length == 0)
            return $"Threshold Crossed: {filled}.";

        var isSome = alarm.DatapointsToAlarm < alarm.EvaluationPeriods;
        var number = isSome
            ? $"{deciding.Length} out of the last {Count(alarm.EvaluationPeriods, "datapoint")}" : Count(deciding.Length, "datapoint");
        var minimum = isAlarm ? alarm.DatapointsToAlarm : alarm.EvaluationPeriods - alarm.DatapointsToAlarm + 1;
        return $"Threshold Crossed: {number} [{string.Join(", ", deciding.Select(Written))}] {Were(deciding.Length)} {(isAlarm ? "" : "not ")}"
            + $"{Threshold.Words(alarm.ComparisonOperator)} the threshold ({Number(alarm.Threshold)})"
            + (filled is null ? "" : $" and {filled}")
            + (isSome ? $" (minimum {Count(minimum, "datapoint")} for {(isAlarm ? "OK -> ALARM" : "ALARM -> OK")} transition)." : ".");
    }

    /// <summary>As CloudWatch writes times in messages: with milliseconds, and <c>+0000</c> for UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("0.0###############", CultureInfo.InvariantCulture);

    private static string Written(Datapoint point) =>
        $"{Number(point.Value)} ({point.Timestamp.UtcDateTime.ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture)})";

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Were(int number) => number == 1 ? "was" : "were";
}
