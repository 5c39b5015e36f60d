using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace QuizAspire.Tests.Schedules;

/// <summary>A cron expression beside what it means, made together: the meaning owes nothing to the parser or to Quartz.</summary>
/// <param name="Day">Does the date match day-of-month, month, day-of-week and year?</param>
/// <param name="Minute">Does the time match minutes and hours?</param>
internal sealed record CronOracle(string Text, Func<DateTime, bool> Day, Func<DateTime, bool> Minute)
{
    // Before what is made of it.
    private static readonly Gen<FieldOracle> Always = Gen.Constant(new FieldOracle("*", _ => true));

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static Gen<CronOracle> Expressions { get; } =
        from minutes in Field(0, 59, time => time.Minute)
        from hours in Field(0, 23, time => time.Hour)
        from days in Gen.Frequency((1, DaysOfMonth), (1, DaysOfWeek))
        from month in Gen.Frequency((3, Always), (1, Field(1, 12, time => time.Month, Months)))
        from year in Gen.Frequency((4, Always), (1, Field(2020, 2040, time => time.Year)))
        select new CronOracle(
            $"cron({minutes.Text} {hours.Text} {days.DayOfMonth} {month.Text} {days.DayOfWeek} {year.Text})",
            date => days.Matches(date) && month.Matches(date) && year.Matches(date),
            time => minutes.Matches(time) && hours.Matches(time));

    /// <summary>Is the schedule due in this minute? Not when the wall has shown the same time before.</summary>
    public bool IsDue(DateTimeOffset minute, TimeZoneInfo zone)
    {
        var wall = Wall(minute, zone);
        return Day(wall) && Minute(wall) && Enumerable.Range(1, 180).All(ago => Wall(minute.AddMinutes(-ago), zone) != wall);
    }

    /// <summary>The first due minute after one and up to another, looked for minute by minute; days that cannot match are passed over.</summary>
    public DateTimeOffset? FirstDue(DateTimeOffset after, DateTimeOffset until, TimeZoneInfo zone)
    {
        var minute = new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);
        while (minute <= until)
        {
            if (!Day(Wall(minute, zone)) && !Day(Wall(minute.AddHours(12), zone)))
                minute = minute.AddHours(12);
            else if (IsDue(minute, zone))
                return minute;
            else
                minute = minute.AddMinutes(1);
        }
        return null;
    }

    private static DateTime Wall(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static Gen<FieldOracle> Field(int minimum, int maximum, Func<DateTime, int> value, string[]? names = null) =>
        from length in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from parts in Part(minimum, maximum, names).ArrayOf(length)
        from star in Gen.Choose(0, 3)
        select star == 0
            ? new FieldOracle("*", _ => true)
            : new FieldOracle(string.Join(',', parts.Select(part => part.Text)), time => parts.Any(part => part.Has(value(time))));

    private static Gen<(string Text, Func<int, bool> Has)> Part(int minimum, int maximum, string[]? names) =>
        from low in Gen.Choose(minimum, maximum)
        from high in Gen.Choose(low, maximum)
        from step in Gen.Choose(1, Math.Min(12, maximum - minimum))
        from form in Gen.Choose(0, 4)
        from named in Gen.Elements(true, false)
        let name = (Func<int, string>)(number => named && names is not null ? names[number - minimum] : number.ToString(CultureInfo.InvariantCulture))
        select form switch
        {
            0 => (name(low), (Func<int, bool>)(number => number == low)),
            1 => ($"{name(low)}-{name(high)}", number => number >= low && number <= high),
            2 => ($"{name(low)}/{step}", number => number >= low && (number - low) % step == 0),
            // With years the field begins in 1970.
            3 => ($"*/{step}", number => (number - (minimum == 2020 ? 1970 : minimum)) % step == 0),
            _ => ($"{name(low)}-{name(high)}/{step}", number => number >= low && number <= high && (number - low) % step == 0),
        };

    private static Gen<DaysOracle> DaysOfMonth { get; } =
        from listed in Field(1, 31, date => date.Day)
        from day in Gen.Choose(1, 31)
        from form in Gen.Choose(0, 5)
        select form switch
        {
            0 => new DaysOracle("L", "?", date => date.Day == LastDay(date)),
            1 => new DaysOracle("LW", "?", date => date.Day == Closest(date, LastDay(date), day => day <= LastDay(date))),
            2 => new DaysOracle($"{day}W", "?", date => date.Day == Closest(date, Math.Min(day, LastDay(date)), _ => true)),
            _ => new DaysOracle(listed.Text, "?", listed.Matches),
        };

    private static Gen<DaysOracle> DaysOfWeek { get; } =
        from listed in Field(1, 7, Weekday, Weekdays)
        from day in Gen.Choose(1, 7)
        from which in Gen.Choose(1, 5)
        from form in Gen.Choose(0, 5)
        select form switch
        {
            0 => new DaysOracle("?", "L", date => date.DayOfWeek == DayOfWeek.Saturday),
            1 => new DaysOracle("?", $"{day}L", date => Weekday(date) == day && date.Day > LastDay(date) - 7),
            2 => new DaysOracle("?", $"{Weekdays[day - 1]}#{which}", date => Weekday(date) == day && (date.Day + 6) / 7 == which),
            _ => new DaysOracle("?", listed.Text, listed.Matches),
        };

    private static int Weekday(DateTime date) => (int)date.DayOfWeek + 1;

    private static int LastDay(DateTime date) => DateTime.DaysInMonth(date.Year, date.Month);

    /// <summary>The weekday of the month that is closest to a day of it.</summary>
    private static int Closest(DateTime date, int to, Func<int, bool> among) => Enumerable.Range(1, LastDay(date))
        .Where(day => among(day) && new DateTime(date.Year, date.Month, day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
        .MinBy(day => Math.Abs(day - to));

    private sealed record FieldOracle(string Text, Func<DateTime, bool> Matches);

    private sealed record DaysOracle(string DayOfMonth, string DayOfWeek, Func<DateTime, bool> Matches);
}
