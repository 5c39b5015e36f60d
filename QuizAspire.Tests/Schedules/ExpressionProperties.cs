using FsCheck;
using FsCheck.Fluent;
using QuizAspire.AppHost.Monitoring.Schedules;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.Tests.Schedules;

public sealed class ExpressionProperties
{
    private static readonly string[] TimeZones =
        ["UTC", "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata", "Africa/Casablanca"];

    private static readonly DateTimeOffset Era = Times.Utc("2024-01-01T00:00:00");

    private static Gen<DateTimeOffset> Instants { get; } = Gen.Choose(0, 6 * 365 * 24 * 60)
        .SelectMany(_ => Gen.Choose(0, 59), (minutes, seconds) => Era.AddMinutes(minutes).AddSeconds(seconds));

    private static Gen<(string TimeZone, DateTimeOffset Instant)> Anywhere { get; } =
        Gen.Elements(TimeZones).SelectMany(_ => Instants, (timeZone, instant) => (timeZone, instant));

    /// <summary>Within hours of a change of the clock, where a mistake would be.</summary>
    private static Gen<(string TimeZone, DateTimeOffset Instant)> Changes { get; } =
        from change in Gen.Elements(
            ("America/Los_Angeles", "2026-03-08T10:00:00"), ("America/Los_Angeles", "2026-11-01T09:00:00"),
            ("Europe/Berlin", "2026-03-29T01:00:00"), ("Europe/Berlin", "2026-10-25T01:00:00"),
            ("Australia/Lord_Howe", "2026-10-03T15:30:00"), ("Australia/Lord_Howe", "2026-04-04T15:00:00"))
        from minutes in Gen.Choose(-180, 180)
        select (change.Item1, Times.Utc(change.Item2).AddMinutes(minutes));

    private static Gen<(CronOracle Oracle, string TimeZone, DateTimeOffset Instant)> Crons { get; } =
        from oracle in CronOracle.Expressions
        from place in Gen.Frequency((1, Anywhere), (1, Changes))
        select (oracle, place.TimeZone, place.Instant);

    [Fact]
    public void The_next_run_of_a_cron_is_the_first_minute_that_matches() => Check(Crons, 1500, cron =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(cron.TimeZone);
        var next = ScheduleExpression.Parse(cron.Oracle.Text, cron.TimeZone).NextAfter(cron.Instant, cron.Instant);
        // The oracle looks no further than a person would wait.
        var until = next is { } found && found < cron.Instant.AddYears(3) ? found : cron.Instant.AddYears(3);
        var first = cron.Oracle.FirstDue(cron.Instant, until, zone);
        return first == (next == until ? next : null) && (next is not { } due || (due > cron.Instant && cron.Oracle.IsDue(due, zone)));
    });

    [Fact]
    public void A_later_instant_has_no_earlier_next_run() => Check(
        Crons.SelectMany(_ => Gen.Choose(0, 100_000), (cron, minutes) => (cron, minutes)), 500, drawn =>
        {
            var expression = ScheduleExpression.Parse(drawn.cron.Oracle.Text, drawn.cron.TimeZone);
            var (earlier, later) = (drawn.cron.Instant, drawn.cron.Instant.AddMinutes(drawn.minutes));
            var (next, nextOfLater) = (expression.NextAfter(earlier, earlier), expression.NextAfter(later, earlier));
            return (nextOfLater ?? DateTimeOffset.MaxValue) >= (next ?? DateTimeOffset.MaxValue)
                && (next is not { } due || (expression.NextAfter(due.AddTicks(-1), earlier) == due && expression.NextAfter(due, earlier) != due));
        });

    [Fact]
    public void A_rate_is_due_at_whole_intervals_from_its_beginning() => Check(
        from value in Gen.Choose(1, 5000)
        from unit in Gen.Elements("minute", "hour", "day")
        from first in Instants
        from after in Gen.Choose(-100_000, 10_000_000)
        select (value, unit, first, instant: first.AddSeconds(after)), 1000, drawn =>
        {
            var interval = drawn.value * TimeSpan.FromMinutes(drawn.unit switch { "minute" => 1, "hour" => 60, _ => 1440 });
            var next = ScheduleExpression.Parse($"rate({drawn.value} {drawn.unit}s)", "UTC").NextAfter(drawn.instant, drawn.first)!.Value;
            return next > drawn.instant && (next - drawn.first).Ticks % interval.Ticks == 0 && next >= drawn.first
                && (next == drawn.first || next - drawn.instant <= interval);
        });

    [Fact]
    public void Start_and_end_date_only_take_due_times_away() => Check(
        from cron in Crons
        from start in Gen.Choose(-100_000, 100_000)
        from end in Gen.Choose(0, 200_000)
        select (cron.Oracle.Text, cron.TimeZone, cron.Instant, start: cron.Instant.AddMinutes(start), end: cron.Instant.AddMinutes(start + end)), 500, drawn =>
        {
            var expression = ScheduleExpression.Parse(drawn.Text, drawn.TimeZone);
            var due = new ScheduleTimes(expression, drawn.Instant, drawn.start, drawn.end).First;
            var from = drawn.start > drawn.Instant ? drawn.start : drawn.Instant;
            var expected = expression.NextAfter(from.AddTicks(-1), from);
            return due == (expected <= drawn.end ? expected : null);
        });

    private static void Check<T>(Gen<T> inputs, int count, Func<T, bool> holds) =>
        Prop.ForAll(inputs.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
