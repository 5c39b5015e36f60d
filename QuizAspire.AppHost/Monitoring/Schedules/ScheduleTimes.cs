using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.AppHost.Monitoring.Schedules;

/// <summary>
/// When a schedule is due: its expression within its start and end date. "If you do not provide a StartDate for a rate-based schedule, your schedule
/// starts invoking the target immediately"; invocations may occur on both dates themselves; a one-time schedule ignores them.
/// </summary>
/// <param name="created">When the schedule came to be, which locally is when the run began. Nothing is due before.</param>
internal sealed class ScheduleTimes(
    ScheduleExpression expression, DateTimeOffset created, DateTimeOffset? startDate = null, DateTimeOffset? endDate = null)
{
    /// <summary>The first due time; null when the schedule is over before it begins.</summary>
    public DateTimeOffset? First => NextAfter(created.AddTicks(-1));

    /// <summary>The next due time that is strictly later; null when there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        if (expression is AtExpression)
            return expression.NextAfter(instant, created);
        var first = startDate ?? created;
        var earliest = new[] { created, first }.Max().AddTicks(-1);
        var next = expression.NextAfter(instant < earliest ? earliest : instant, first);
        return endDate is { } end && next > end ? null : next;
    }
}
