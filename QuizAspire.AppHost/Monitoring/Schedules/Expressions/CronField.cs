using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>What one field of <c>cron()</c> may hold.</summary>
/// <param name="Names">Of the values, from the lowest on; none where a field has only numbers.</param>
internal sealed record CronField(string Name, int Minimum, int Maximum, params string[] Names)
{
    public static readonly CronField Minutes = new("minutes", 0, 59);
    public static readonly CronField Hours = new("hours", 0, 23);
    public static readonly CronField DayOfMonth = new("day-of-month", 1, 31);
    public static readonly CronField Month = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    public static readonly CronField DayOfWeek = new("day-of-week", 1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    public static readonly CronField Year = new("year", 1970, 2199);

    private string Allowed => $"{Minimum}-{Maximum}" + (Names is [var first, .., var last] ? $" or {first}-{last}" : "");

    private int LargestStep => Math.Min(Maximum, Maximum - Minimum + 1);

    /// <summary>Every value that the field stands for, ascending: <c>*</c>, values, ranges, steps and lists of them.</summary>
    /// <exception cref="ScheduleExpressionException"/>
    public IReadOnlyList<int> Values(string text) => text == "*"
        ? [.. Enumerable.Range(Minimum, Maximum - Minimum + 1)]
        : [.. text.Split(',').SelectMany(part => Part(text, part)).Order().Distinct()];

    public int Value(string text, string value) => Find(value) ?? throw Refused(text, $"'{value}' is not within {Allowed}");

    public int? Find(string value)
    {
        var name = Array.FindIndex(Names, name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
        return name >= 0 ? Minimum + name
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum ? number
            : null;
    }

    public ScheduleExpressionException Refused(string text, string reason) => new($"the field {Name} '{text}': {reason}.");

    private IEnumerable<int> Part(string text, string part)
    {
        var (range, step) = part.Split('/') switch
        {
            [var whole] => (whole, 1),
            [var whole, var increment] => (whole, Step(text, increment)),
            _ => throw Refused(text, $"'{part}' has more than one '/'"),
        };
        var (from, to) = range.Split('-') switch
        {
            ["*"] when part != range => (Minimum, Maximum),
            ["*"] => throw Refused(text, "'*' stands alone or before a '/'"),
            // A value with a step goes on to the end of the field: 1/10 is 1, 11, 21 and so on.
            [var value] => (Value(text, value), part == range ? Value(text, value) : Maximum),
            [var first, var last] => (Value(text, first), Value(text, last)),
            _ => throw Refused(text, $"'{range}' has more than one '-'"),
        };
        if (from > to)
            throw Refused(text, $"the range '{range}' runs backwards");
        for (var value = from; value <= to; value += step)
            yield return value;
    }

    private int Step(string text, string increment) =>
        int.TryParse(increment, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step >= 1 && step <= LargestStep
            ? step
            : throw Refused(text, $"the step '{increment}' is not within 1-{LargestStep}");
}
