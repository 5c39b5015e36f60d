namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>
/// The <c>ScheduleExpression</c> of a schedule: <c>rate()</c>, <c>cron()</c> or <c>at()</c>, as the user guide of EventBridge Scheduler has them
/// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
/// </summary>
internal abstract class ScheduleExpression(string text)
{
    private static readonly char[] WhiteSpace = [' ', '\t'];

    /// <param name="timeZone">A name of the IANA database, which Scheduler uses too.</param>
    /// <exception cref="ScheduleExpressionException">Scheduler would not take it.</exception>
    public static ScheduleExpression Parse(string text, string timeZone)
    {
        var clock = WallClock.Of(timeZone);
        return Inside(text, "rate") is { } rate ? RateExpression.Parse(text, Fields(rate))
            : Inside(text, "cron") is { } cron ? new CronExpression(text, CronFields.Parse(text, Fields(cron)), clock)
            : Inside(text, "at") is { } at ? AtExpression.Parse(text, at, clock)
            : throw new ScheduleExpressionException(
                $"'{text}' is no schedule expression: it must be rate(value unit), cron(minutes hours day-of-month month day-of-week year) "
                + "or at(yyyy-mm-ddThh:mm:ss).");
    }

    /// <summary>The next due time that is strictly later; null when there is none.</summary>
    /// <param name="first">When the schedule begins. A rate counts from it; the others do not care.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset first);

    public override string ToString() => text;

    private static string? Inside(string text, string form) =>
        text.StartsWith(form + "(", StringComparison.Ordinal) && text.EndsWith(')') ? text[(form.Length + 1)..^1] : null;

    private static string[] Fields(string inside) => inside.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries);
}
