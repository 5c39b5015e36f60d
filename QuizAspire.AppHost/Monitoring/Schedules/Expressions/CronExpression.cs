using QuartzCron = Quartz.CronExpression;

namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>
/// <c>cron(minutes hours day-of-month month day-of-week year)</c> by the clock of the schedule's time zone. Quartz finds the next time on a wall
/// without daylight saving; <see cref="WallClock"/> says when that is. Quartz by itself would run a skipped time at another one, gives up a hundred
/// years from today and so knows no year 2199: the years are taken one by one here, each by a year of this century with the same calendar.
/// </summary>
internal sealed class CronExpression(string text, CronFields fields, WallClock clock) : ScheduleExpression(text)
{
    private const int Calendars = 28;
    private const int FirstCalendar = 2000;

    // By year less 2000; a year's calendar is its length and its first weekday, and 28 years without 2100 have all fourteen.
    private readonly QuartzCron?[] _calendars = new QuartzCron?[Calendars];

    public override DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset first)
    {
        for (var wall = NextOnTheWall(clock.At(instant)); wall is not null; wall = NextOnTheWall(wall.Value))
            if (clock.InstantOf(wall.Value) is { } due && due > instant)
                return due;
        return null;
    }

    private DateTime? NextOnTheWall(DateTime wall)
    {
        foreach (var year in fields.Years.Where(year => year >= wall.Year))
        {
            var calendar = CalendarOf(year);
            var from = year == wall.Year ? InYear(wall, calendar) : new DateTime(calendar, 1, 1).AddTicks(-1);
            if (Quartz(calendar).GetNextValidTimeAfter(new DateTimeOffset(from, TimeSpan.Zero)) is { } next)
                return InYear(next.UtcDateTime, year);
        }
        return null;
    }

    private static int CalendarOf(int year) => Enumerable.Range(FirstCalendar, Calendars).First(calendar =>
        DateTime.IsLeapYear(calendar) == DateTime.IsLeapYear(year) && new DateTime(calendar, 1, 1).DayOfWeek == new DateTime(year, 1, 1).DayOfWeek);

    private static DateTime InYear(DateTime time, int year) => new DateTime(year, time.Month, time.Day) + time.TimeOfDay;

    private QuartzCron Quartz(int calendar) => _calendars[calendar - FirstCalendar] ??=
        new QuartzCron($"0 {fields.Minutes} {fields.Hours} {fields.DayOfMonth} {fields.Month} {fields.DayOfWeek} {calendar}")
        {
            TimeZone = TimeZoneInfo.Utc,
        };
}
