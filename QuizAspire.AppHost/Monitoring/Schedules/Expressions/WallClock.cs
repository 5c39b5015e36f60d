namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>
/// The clock on the wall of a time zone, with Scheduler's rule for daylight saving: a time that the clock skips does not exist, and of one that it
/// shows twice only the first counts ("runs the schedule only once at 2:30 a.m. before the shift occurs").
/// </summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    // A wall time is at most 14 hours ahead of UTC and 12 behind it; no zone changes its offset twice within what is looked at.
    private static readonly TimeSpan Before = TimeSpan.FromHours(15);
    private static readonly TimeSpan After = TimeSpan.FromHours(13);

    /// <exception cref="ScheduleExpressionException">There is no such time zone, or this machine does not have it.</exception>
    public static WallClock Of(string timeZone) =>
        timeZone == "UTC" ? new WallClock(TimeZoneInfo.Utc)
        : TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? new WallClock(zone)
        : throw new ScheduleExpressionException(
            $"The time zone '{timeZone}' is not known: it must be a name of the IANA database such as America/New_York, "
            + "and this machine must have it.");

    public DateTime At(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime + OffsetAt(instant.UtcDateTime), DateTimeKind.Unspecified);

    /// <summary>When the clock first shows this; null when it never does.</summary>
    public DateTimeOffset? InstantOf(DateTime wall)
    {
        var utc = DateTime.SpecifyKind(wall, DateTimeKind.Utc);
        // TimeZoneInfo's own answer for times that do not exist knows daylight saving, but not a zone that moves for good.
        TimeSpan[] offsets = [OffsetAt(utc - Before), OffsetAt(utc + After)];
        var instants = offsets.Distinct().Select(offset => new DateTimeOffset(utc - offset)).Where(instant => At(instant) == wall).ToArray();
        return instants.Length == 0 ? null : instants.Min();
    }

    private TimeSpan OffsetAt(DateTime utc) => zone.GetUtcOffset(utc);
}
