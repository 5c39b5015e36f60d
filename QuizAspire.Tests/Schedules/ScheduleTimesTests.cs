using QuizAspire.AppHost.Monitoring.Schedules;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.Tests.Schedules;

public sealed class ScheduleTimesTests
{
    private static readonly DateTimeOffset Created = Times.Utc("2026-11-22T10:00:30");

    [Theory]
    [InlineData("rate(5 minutes)", null, null, "2026-11-22T10:00:30", "2026-11-22T10:05:30")]
    [InlineData("rate(5 minutes)", "2026-11-23T00:00:00", null, "2026-11-23T00:00:00", "2026-11-23T00:05:00")]
    // Begun long ago: in step with its start date.
    [InlineData("rate(1 hour)", "2026-11-01T00:15:00", null, "2026-11-22T10:15:00", "2026-11-22T11:15:00")]
    [InlineData("rate(5 minutes)", null, "2026-11-22T10:05:30", "2026-11-22T10:00:30", "2026-11-22T10:05:30")]
    [InlineData("rate(5 minutes)", null, "2026-11-22T10:05:29", "2026-11-22T10:00:30", null)]
    [InlineData("rate(5 minutes)", null, "2026-11-22T10:00:00", null, null)]
    [InlineData("cron(0 11 * * ? *)", null, null, "2026-11-22T11:00:00", "2026-11-23T11:00:00")]
    [InlineData("cron(0 11 * * ? *)", "2026-11-25T11:00:00", null, "2026-11-25T11:00:00", "2026-11-26T11:00:00")]
    [InlineData("cron(0 11 * * ? *)", "2026-11-25T11:00:01", "2026-11-27T10:59:59", "2026-11-26T11:00:00", null)]
    // "EventBridge Scheduler ignores the StartDate and EndDate you specify" for a one-time schedule.
    [InlineData("at(2026-11-22T10:00:31)", "2027-01-01T00:00:00", "2026-01-01T00:00:00", "2026-11-22T10:00:31", null)]
    [InlineData("at(2026-11-22T10:00:29)", null, null, null, null)]
    public void Start_and_end_date_bound_the_due_times(string expression, string? startDate, string? endDate, string? first, string? second)
    {
        var times = new ScheduleTimes(
            ScheduleExpression.Parse(expression, "UTC"), Created,
            startDate is null ? null : Times.Utc(startDate), endDate is null ? null : Times.Utc(endDate));

        Assert.Equal(first, times.First is { } due ? Times.Text(due) : null);
        Assert.Equal(second, times.First is { } from && times.NextAfter(from) is { } next ? Times.Text(next) : null);
    }
}
