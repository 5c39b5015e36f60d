using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary><c>at(yyyy-mm-ddThh:mm:ss)</c>: due once, by the clock of the schedule's time zone.</summary>
internal sealed class AtExpression : ScheduleExpression
{
    private readonly DateTimeOffset? _due;

    private AtExpression(string text, DateTimeOffset? due) : base(text) => _due = due;

    public static AtExpression Parse(string text, string inside, WallClock clock) =>
        DateTime.TryParseExact(inside, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)
            ? new AtExpression(text, clock.InstantOf(wall))
            : throw new ScheduleExpressionException($"'{text}': '{inside}' must be a date and time of the form yyyy-mm-ddThh:mm:ss.");

    public override DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset first) => _due > instant ? _due : null;
}
