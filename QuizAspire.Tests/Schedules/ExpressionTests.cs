using System.Globalization;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.Tests.Schedules;

/// <summary>What AWS documents of schedule expressions, with the examples of its user guides.</summary>
public sealed class ExpressionTests
{
    /// <remarks>The texts are from the user guides of EventBridge Scheduler (schedule types) and EventBridge (cron expressions reference).</remarks>
    [Theory]
    // Scheduler's own example: 10:15 on the last Friday of each month of 2022 and 2023.
    [InlineData("cron(15 10 ? * 6L 2022-2023)", "2022-01-01T00:00:00", "2022-01-28T10:15:00", "2022-02-25T10:15:00", "2022-03-25T10:15:00")]
    [InlineData("cron(15 10 ? * 6L 2022-2023)", "2023-11-24T10:14:59", "2023-11-24T10:15:00", "2023-12-29T10:15:00", null)]
    [InlineData("cron(0 10 * * ? *)", "2026-11-22T10:00:00", "2026-11-23T10:00:00", "2026-11-24T10:00:00", "2026-11-25T10:00:00")]
    [InlineData("cron(15 12 * * ? *)", "2026-02-28T12:15:00", "2026-03-01T12:15:00", "2026-03-02T12:15:00", "2026-03-03T12:15:00")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-11-20T18:00:00", "2026-11-23T18:00:00", "2026-11-24T18:00:00", "2026-11-25T18:00:00")]
    [InlineData("cron(0 8 1 * ? *)", "2026-11-22T00:00:00", "2026-12-01T08:00:00", "2027-01-01T08:00:00", "2027-02-01T08:00:00")]
    [InlineData("cron(0/15 * * * ? *)", "2026-11-22T23:44:59", "2026-11-22T23:45:00", "2026-11-23T00:00:00", "2026-11-23T00:15:00")]
    [InlineData("cron(0/10 * ? * MON-FRI *)", "2026-11-20T23:50:00", "2026-11-23T00:00:00", "2026-11-23T00:10:00", "2026-11-23T00:20:00")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)", "2026-11-20T17:50:00", "2026-11-20T17:55:00", "2026-11-23T08:00:00", "2026-11-23T08:05:00")]
    [InlineData("cron(0/30 20-23,0-2 ? * MON-FRI *)", "2026-11-20T23:00:00", "2026-11-20T23:30:00", "2026-11-23T00:00:00", "2026-11-23T00:30:00")]
    // "you could enter 1/10 to specify every tenth minute, starting from the first minute of the hour"
    [InlineData("cron(1/10 * * * ? *)", "2026-11-22T10:00:00", "2026-11-22T10:01:00", "2026-11-22T10:11:00", "2026-11-22T10:21:00")]
    [InlineData("cron(0 0 1 JAN,FEB,MAR ? *)", "2026-02-01T00:00:00", "2026-03-01T00:00:00", "2027-01-01T00:00:00", "2027-02-01T00:00:00")]
    [InlineData("cron(0 0 1-15 * ? *)", "2026-11-14T00:00:00", "2026-11-15T00:00:00", "2026-12-01T00:00:00", "2026-12-02T00:00:00")]
    // "3#2 would be the second Tuesday of the month"
    [InlineData("cron(0 9 ? * 3#2 *)", "2026-11-01T00:00:00", "2026-11-10T09:00:00", "2026-12-08T09:00:00", "2027-01-12T09:00:00")]
    [InlineData("cron(0 9 ? * TUE#2 *)", "2026-11-01T00:00:00", "2026-11-10T09:00:00", "2026-12-08T09:00:00", "2027-01-12T09:00:00")]
    [InlineData("cron(0 9 ? * 1#5 *)", "2026-11-01T00:00:00", "2026-11-29T09:00:00", "2027-01-31T09:00:00", "2027-05-30T09:00:00")]
    // "3W specifies the weekday closest to the third day of the month", here a Saturday, a Sunday and a weekday.
    [InlineData("cron(0 9 3W * ? *)", "2026-10-01T00:00:00", "2026-10-02T09:00:00", "2026-11-03T09:00:00", "2026-12-03T09:00:00")]
    [InlineData("cron(0 9 3W * ? *)", "2027-01-01T00:00:00", "2027-01-04T09:00:00", "2027-02-03T09:00:00", "2027-03-03T09:00:00")]
    // The first is a Saturday: the weekday closest within the month is the third, not the day before it.
    [InlineData("cron(0 9 1W * ? *)", "2026-07-31T12:00:00", "2026-08-03T09:00:00", "2026-09-01T09:00:00", "2026-10-01T09:00:00")]
    // "The L wildcard in the Day-of-month or Day-of-week fields specifies the last day of the month or week."
    [InlineData("cron(0 0 L * ? *)", "2028-01-31T00:00:00", "2028-02-29T00:00:00", "2028-03-31T00:00:00", "2028-04-30T00:00:00")]
    [InlineData("cron(0 0 L * ? *)", "2027-01-31T00:00:00", "2027-02-28T00:00:00", "2027-03-31T00:00:00", "2027-04-30T00:00:00")]
    [InlineData("cron(0 0 ? * L *)", "2026-11-22T00:00:00", "2026-11-28T00:00:00", "2026-12-05T00:00:00", "2026-12-12T00:00:00")]
    // The last weekday: 31 January 2026 is a Saturday, 28 February too.
    [InlineData("cron(0 0 LW * ? *)", "2026-01-01T00:00:00", "2026-01-30T00:00:00", "2026-02-27T00:00:00", "2026-03-31T00:00:00")]
    // Leap years: 2100 is none, 2000 was one.
    [InlineData("cron(0 0 29 2 ? *)", "2026-01-01T00:00:00", "2028-02-29T00:00:00", "2032-02-29T00:00:00", "2036-02-29T00:00:00")]
    [InlineData("cron(0 0 29 2 ? *)", "2096-02-29T00:00:00", "2104-02-29T00:00:00", "2108-02-29T00:00:00", "2112-02-29T00:00:00")]
    [InlineData("cron(0 0 29 2 ? *)", "1999-01-01T00:00:00", "2000-02-29T00:00:00", "2004-02-29T00:00:00", "2008-02-29T00:00:00")]
    // Lists, ranges and steps of years, to the last that AWS knows.
    [InlineData("cron(0 0 1 1 ? 2027,2030,2199)", "2026-11-22T00:00:00", "2027-01-01T00:00:00", "2030-01-01T00:00:00", "2199-01-01T00:00:00")]
    [InlineData("cron(0 0 1 1 ? 2190/4)", "2026-11-22T00:00:00", "2190-01-01T00:00:00", "2194-01-01T00:00:00", "2198-01-01T00:00:00")]
    [InlineData("cron(59 23 31 12 ? 2198-2199)", "2026-11-22T00:00:00", "2198-12-31T23:59:00", "2199-12-31T23:59:00", null)]
    [InlineData("cron(0 0 1 1 ? 1970)", "1969-06-01T00:00:00", "1970-01-01T00:00:00", null, null)]
    // A month that has no such day, and one that never has.
    [InlineData("cron(0 0 31 * ? *)", "2026-03-31T00:00:00", "2026-05-31T00:00:00", "2026-07-31T00:00:00", "2026-08-31T00:00:00")]
    [InlineData("cron(0 0 30 2 ? *)", "2026-01-01T00:00:00", null, null, null)]
    // Quartz by itself passes over the step of a range of names.
    [InlineData("cron(0 0 ? * MON-FRI/2 *)", "2026-11-22T00:00:00", "2026-11-23T00:00:00", "2026-11-25T00:00:00", "2026-11-27T00:00:00")]
    [InlineData("cron(0 0 1 JAN-DEC/3 ? *)", "2026-01-01T00:00:00", "2026-04-01T00:00:00", "2026-07-01T00:00:00", "2026-10-01T00:00:00")]
    [InlineData("cron(0 0 ? * sun,wed *)", "2026-11-22T00:00:00", "2026-11-25T00:00:00", "2026-11-29T00:00:00", "2026-12-02T00:00:00")]
    // "five required fields ... and one optional field, year"
    [InlineData("cron(30 8 * * ?)", "2026-12-31T08:30:00", "2027-01-01T08:30:00", "2027-01-02T08:30:00", "2027-01-03T08:30:00")]
    [InlineData("rate(5 minutes)", "2026-11-22T10:00:00", "2026-11-22T10:05:00", "2026-11-22T10:10:00", "2026-11-22T10:15:00")]
    [InlineData("rate(1 minute)", "2026-11-22T23:59:30", "2026-11-23T00:00:00", "2026-11-23T00:01:00", "2026-11-23T00:02:00")]
    [InlineData("rate(2 hours)", "2026-11-22T10:00:00", "2026-11-22T12:00:00", "2026-11-22T14:00:00", "2026-11-22T16:00:00")]
    [InlineData("rate(1 days)", "2026-02-28T00:00:00", "2026-03-01T00:00:00", "2026-03-02T00:00:00", "2026-03-03T00:00:00")]
    [InlineData("at(2022-11-20T13:00:00)", "2022-11-20T12:59:59", "2022-11-20T13:00:00", null, null)]
    [InlineData("at(2022-11-20T13:00:00)", "2022-11-20T13:00:00", null, null, null)]
    public void Due_times_are_those_that_AWS_documents(string expression, string after, string? first, string? second, string? third)
    {
        var parsed = ScheduleExpression.Parse(expression, "UTC");

        var times = Times.After(parsed, Times.Utc(after), 3);

        Assert.Equal(((string?[])[first, second, third]).OfType<string>(), times.Select(Times.Text));
    }

    [Fact]
    public void A_rate_counts_from_its_beginning_and_not_from_the_last_run()
    {
        var rate = ScheduleExpression.Parse("rate(7 minutes)", "UTC");
        var first = Times.Utc("2026-11-22T10:00:03");

        Assert.Equal(first, rate.NextAfter(first.AddHours(-1), first));
        Assert.Equal("2026-11-22T10:07:03", Times.Text(rate.NextAfter(first.AddSeconds(419), first)!.Value));
        Assert.Equal("2026-11-22T10:14:03", Times.Text(rate.NextAfter(first.AddSeconds(420), first)!.Value));
    }

    [Fact]
    public void A_rate_whose_next_time_is_beyond_all_dates_has_none()
    {
        var first = Times.Utc("2026-11-22T10:00:00");

        Assert.Null(ScheduleExpression.Parse("rate(3000000 days)", "UTC").NextAfter(first, first));
    }

    [Fact]
    public void An_expression_is_shown_as_it_was_written() =>
        Assert.Equal("cron(0 9 ? * 3#2 *)", ScheduleExpression.Parse("cron(0 9 ? * 3#2 *)", "UTC").ToString());
}

/// <summary>Times as the tests write them.</summary>
internal static class Times
{
    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("s", CultureInfo.InvariantCulture);

    /// <summary>Due times in order, at most so many.</summary>
    public static IReadOnlyList<DateTimeOffset> After(ScheduleExpression expression, DateTimeOffset instant, int count)
    {
        var times = new List<DateTimeOffset>();
        // A rate that began with the day.
        var first = new DateTimeOffset(instant.UtcDateTime.Date, TimeSpan.Zero);
        for (var time = expression.NextAfter(instant, first); time is not null && times.Count < count; time = expression.NextAfter(time.Value, first))
            times.Add(time.Value);
        return times;
    }
}
