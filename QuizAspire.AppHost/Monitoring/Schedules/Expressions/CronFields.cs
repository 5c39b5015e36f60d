namespace QuizAspire.AppHost.Monitoring.Schedules.Expressions;

/// <summary>
/// The fields of <c>cron()</c>, read by AWS's rules and written out for Quartz, which does the arithmetic. Steps, ranges and names become lists of
/// numbers, because Quartz passes over the step of a range of names (<c>MON-FRI/2</c>).
/// </summary>
/// <param name="DayOfMonth">A list, <c>L</c>, <c>LW</c>, a day with <c>W</c>, or <c>?</c>.</param>
/// <param name="DayOfWeek">A list, a day with <c>L</c> or <c>#</c>, or <c>?</c>.</param>
internal sealed record CronFields(string Minutes, string Hours, string DayOfMonth, string Month, string DayOfWeek, IReadOnlyList<int> Years)
{
    /// <exception cref="ScheduleExpressionException">The message names the field.</exception>
    public static CronFields Parse(string text, string[] fields)
    {
        try
        {
            return fields switch
            {
                [var minutes, var hours, var dayOfMonth, var month, var dayOfWeek] =>
                    Parse(minutes, hours, dayOfMonth, month, dayOfWeek, "*"),
                [var minutes, var hours, var dayOfMonth, var month, var dayOfWeek, var year] =>
                    Parse(minutes, hours, dayOfMonth, month, dayOfWeek, year),
                _ => throw new ScheduleExpressionException(
                    $"it has {fields.Length} fields and needs six: minutes, hours, day-of-month, month, day-of-week "
                    + "and, which may be left out, year."),
            };
        }
        catch (ScheduleExpressionException exception)
        {
            throw new ScheduleExpressionException($"'{text}': {exception.Message}");
        }
    }

    private static CronFields Parse(string minutes, string hours, string dayOfMonth, string month, string dayOfWeek, string year)
    {
        // "You can't use * in both the Day-of-month and Day-of-week fields. If you use it in one, you must use ? in the other."
        if ((dayOfMonth == "?") == (dayOfWeek == "?"))
            throw new ScheduleExpressionException(
                $"exactly one of the fields day-of-month '{dayOfMonth}' and day-of-week '{dayOfWeek}' must be '?', "
                + "because the other chooses the days.");
        return new CronFields(
            List(CronField.Minutes, minutes), List(CronField.Hours, hours), DaysOfMonth(dayOfMonth), List(CronField.Month, month),
            DaysOfWeek(dayOfWeek), CronField.Year.Values(year));
    }

    private static string List(CronField field, string text) => string.Join(',', field.Values(text));

    private static string DaysOfMonth(string text)
    {
        var field = CronField.DayOfMonth;
        return text switch
        {
            "?" or "L" or "LW" => text,
            [.. var day, 'W'] => $"{field.Value(text, day)}W",
            _ when text.AsSpan().ContainsAny('L', 'W', '?') => throw field.Refused(text, "'L', 'LW', a day with 'W' and '?' each stand alone"),
            _ => List(field, text),
        };
    }

    private static string DaysOfWeek(string text)
    {
        var field = CronField.DayOfWeek;
        // The last day of the week.
        if (text is "?" or "L")
            return text == "L" ? "7" : text;
        if (text is [.. var last, 'L'] && field.Find(last) is { } day)
            return $"{day}L";
        // "If you use a '#' character, you can define only one expression in the day-of-week field."
        if (text.Split('#') is [var of, var which] && field.Find(of) is { } weekday)
            return which is ['1' or '2' or '3' or '4' or '5']
                ? $"{weekday}#{which}"
                : throw field.Refused(text, $"'{which}' after '#' is not within 1-5");
        return text.AsSpan().ContainsAny('#', '?') || text.EndsWith('L')
            ? throw field.Refused(text, "a day of 1-7 or SUN-SAT with 'L' or '#', and '?', each stand alone")
            : List(field, text);
    }
}
