using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.Tests.Schedules;

/// <summary>Scheduler's rules: a time that the clock skips is skipped, one that it shows twice is run once, the first time.</summary>
public sealed class DaylightSavingTests
{
    [Theory]
    // Scheduler's own example, cron(30 2 * * ? *) in Los Angeles: no run on the day when 1:59 is followed by 3:00, one run before the clock goes
    // back.
    // Its text for the fall lets the clock go back from 2:59 to 2:00; in Los Angeles it is 1:59 to 1:00, so that 1:30 is the repeated one.
    [InlineData("America/Los_Angeles", "cron(30 2 * * ? *)", "2026-03-07T10:30:00", "2026-03-09T09:30:00", "2026-03-10T09:30:00")]
    [InlineData("America/Los_Angeles", "cron(30 1 * * ? *)", "2026-10-31T08:30:00", "2026-11-01T08:30:00", "2026-11-02T09:30:00")]
    [InlineData("America/Los_Angeles", "cron(30 2 * * ? *)", "2026-10-31T09:30:00", "2026-11-01T10:30:00", "2026-11-02T10:30:00")]
    // Every half hour: the skipped hour and the repeated one have no runs.
    [InlineData("America/Los_Angeles", "cron(0/30 * * * ? *)", "2026-03-08T09:00:00", "2026-03-08T09:30:00", "2026-03-08T10:00:00")]
    [InlineData("America/Los_Angeles", "cron(0/30 * * * ? *)", "2026-11-01T08:00:00", "2026-11-01T08:30:00", "2026-11-01T10:00:00")]
    // Asked in the repeated hour itself.
    [InlineData("America/Los_Angeles", "cron(0/30 * * * ? *)", "2026-11-01T09:10:00", "2026-11-01T10:00:00", "2026-11-01T10:30:00")]
    [InlineData("America/New_York", "cron(30 8 * * ? *)", "2026-03-07T13:30:00", "2026-03-08T12:30:00", "2026-03-09T12:30:00")]
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-03-28T01:30:00", "2026-03-30T00:30:00", "2026-03-31T00:30:00")]
    [InlineData("Europe/Berlin", "cron(30 2 * * ? *)", "2026-10-24T00:30:00", "2026-10-25T00:30:00", "2026-10-26T01:30:00")]
    // South of the equator, forward in October and back in April.
    [InlineData("Australia/Sydney", "cron(30 2 * * ? *)", "2026-10-02T16:30:00", "2026-10-04T15:30:00", "2026-10-05T15:30:00")]
    [InlineData("Australia/Sydney", "cron(30 2 * * ? *)", "2026-04-03T15:30:00", "2026-04-04T15:30:00", "2026-04-05T16:30:00")]
    // Half an hour only: 2:00 to 2:30 is skipped, 1:30 to 2:00 shown twice.
    [InlineData("Australia/Lord_Howe", "cron(15 2 * * ? *)", "2026-10-02T15:45:00", "2026-10-04T15:15:00", "2026-10-05T15:15:00")]
    [InlineData("Australia/Lord_Howe", "cron(45 1 * * ? *)", "2026-04-03T14:45:00", "2026-04-04T14:45:00", "2026-04-05T15:15:00")]
    // Midnight itself is skipped.
    [InlineData("America/Havana", "cron(0 0 * * ? *)", "2026-03-07T05:00:00", "2026-03-09T04:00:00", "2026-03-10T04:00:00")]
    // Samoa went to the other side of the date line: 30 December 2011 was not.
    [InlineData("Pacific/Apia", "cron(0 12 * * ? 2011)", "2011-12-28T22:00:00", "2011-12-29T22:00:00", "2011-12-30T22:00:00")]
    // No daylight saving, and an offset that is no whole hour.
    [InlineData("Asia/Kathmandu", "cron(0 0 * * ? *)", "2026-03-28T18:15:00", "2026-03-29T18:15:00", "2026-03-30T18:15:00")]
    [InlineData("UTC", "cron(30 2 * * ? *)", "2026-03-08T02:30:00", "2026-03-09T02:30:00", "2026-03-10T02:30:00")]
    // "EventBridge Scheduler still evaluates the rate expression 24 hours after the schedule's last invocation."
    [InlineData("America/Los_Angeles", "rate(1 days)", "2026-03-08T00:00:00", "2026-03-09T00:00:00", "2026-03-10T00:00:00")]
    // Scheduler's own example: 1 p.m. in Los Angeles.
    [InlineData("America/Los_Angeles", "at(2022-11-20T13:00:00)", "2022-11-01T00:00:00", "2022-11-20T21:00:00", null)]
    [InlineData("America/Los_Angeles", "at(2026-11-01T01:30:00)", "2026-10-01T00:00:00", "2026-11-01T08:30:00", null)]
    [InlineData("America/Los_Angeles", "at(2026-03-08T02:30:00)", "2026-03-01T00:00:00", null, null)]
    public void A_skipped_time_is_skipped_and_a_repeated_one_run_once(string timeZone, string expression, string after, string? first, string? second)
    {
        var parsed = ScheduleExpression.Parse(expression, timeZone);

        var times = Times.After(parsed, Times.Utc(after), 2);

        Assert.Equal(((string?[])[first, second]).OfType<string>(), times.Select(Times.Text));
    }
}
