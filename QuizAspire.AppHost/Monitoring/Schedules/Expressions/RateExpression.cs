using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>
/// <c>rate(value unit)</c>: due when the schedule begins and then at every whole interval from there, so that late runs do not add up. A day is
/// 24 hours whatever daylight saving does ("days represents a 24-hour duration on the clock").
/// </summary>
internal sealed class RateExpression(string text, TimeSpan interval) : ScheduleExpression(text)
{
    public static RateExpression Parse(string text, string[] fields)
    {
        if (fields is not [var value, var unit])
            throw Refused(text, "it must have two fields, value and unit, with white space between");
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            throw Refused(text, $"the value '{value}' must be a positive whole number");
        // Scheduler's guide has 'rate(1 days)' itself; that a singular unit takes no other number is what the rules of EventBridge say.
        var length = unit switch
        {
            "minutes" or "minute" => TimeSpan.FromMinutes(1),
            "hours" or "hour" => TimeSpan.FromHours(1),
            "days" or "day" => TimeSpan.FromDays(1),
            _ => throw Refused(text, $"the unit '{unit}' must be minutes, hours or days"),
        };
        if (count > 1 && !unit.EndsWith('s'))
            throw Refused(text, $"the unit must be '{unit}s' with a value greater than 1");
        if (count > TimeSpan.MaxValue / length)
            throw Refused(text, $"the value '{value}' is too large");
        return new RateExpression(text, count * length);
    }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant, DateTimeOffset first)
    {
        if (instant < first)
            return first;
        var intervals = ((instant - first).Ticks / interval.Ticks) + 1;
        var ticks = first.UtcTicks + ((Int128)intervals * interval.Ticks);
        return ticks > DateTimeOffset.MaxValue.UtcTicks ? null : new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }

    private static ScheduleExpressionException Refused(string text, string reason) => new($"'{text}': {reason}.");
}
