using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.Tests.Schedules;

/// <summary>What AWS would refuse is refused here, by a sentence that names the field.</summary>
public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("", "no schedule expression")]
    [InlineData("5 minutes", "no schedule expression")]
    [InlineData("Rate(5 minutes)", "no schedule expression")]
    [InlineData("rate(5 minutes", "no schedule expression")]
    [InlineData("cron 0 10 * * ? *", "no schedule expression")]
    [InlineData("rate(5)", "two fields")]
    [InlineData("rate(5 minutes long)", "two fields")]
    [InlineData("rate(0 minutes)", "value '0'")]
    [InlineData("rate(-5 minutes)", "value '-5'")]
    [InlineData("rate(0.5 minutes)", "value '0.5'")]
    [InlineData("rate(five minutes)", "value 'five'")]
    [InlineData("rate(99999999999999999999 minutes)", "value '99999999999999999999'")]
    [InlineData("rate(99999999999999999 days)", "too large")]
    [InlineData("rate(30 seconds)", "unit 'seconds'")]
    [InlineData("rate(2 weeks)", "unit 'weeks'")]
    [InlineData("rate(5 minute)", "unit must be 'minutes'")]
    [InlineData("rate(2 day)", "unit must be 'days'")]
    [InlineData("at(2026-11-22)", "yyyy-mm-ddThh:mm:ss")]
    [InlineData("at(2026-11-22 10:00:00)", "yyyy-mm-ddThh:mm:ss")]
    [InlineData("at(2026-02-29T10:00:00)", "yyyy-mm-ddThh:mm:ss")]
    [InlineData("at(2026-11-22T10:00:00Z)", "yyyy-mm-ddThh:mm:ss")]
    [InlineData("cron(0 10 * *)", "has 4 fields and needs six")]
    [InlineData("cron(0 0 10 * * ? *)", "has 7 fields and needs six")]
    [InlineData("cron(0 10 * * * *)", "day-of-month '*' and day-of-week '*'")]
    [InlineData("cron(0 10 ? * ? *)", "day-of-month '?' and day-of-week '?'")]
    [InlineData("cron(0 10 1 * MON *)", "day-of-month '1' and day-of-week 'MON'")]
    [InlineData("cron(60 10 * * ? *)", "the field minutes '60': '60' is not within 0-59")]
    [InlineData("cron(? 10 * * ? *)", "the field minutes '?'")]
    [InlineData("cron(0 24 * * ? *)", "the field hours '24': '24' is not within 0-23")]
    [InlineData("cron(0 10 0 * ? *)", "the field day-of-month '0': '0' is not within 1-31")]
    [InlineData("cron(0 10 32 * ? *)", "the field day-of-month '32'")]
    [InlineData("cron(0 10 1 13 ? *)", "the field month '13': '13' is not within 1-12 or JAN-DEC")]
    [InlineData("cron(0 10 1 JANUARY ? *)", "the field month 'JANUARY'")]
    [InlineData("cron(0 10 ? * 0 *)", "the field day-of-week '0': '0' is not within 1-7 or SUN-SAT")]
    [InlineData("cron(0 10 ? * 8 *)", "the field day-of-week '8'")]
    [InlineData("cron(0 10 1 1 ? 1969)", "the field year '1969': '1969' is not within 1970-2199")]
    [InlineData("cron(0 10 1 1 ? 2200)", "the field year '2200'")]
    [InlineData("cron(0/0 10 * * ? *)", "the step '0' is not within 1-59")]
    [InlineData("cron(0/60 10 * * ? *)", "the step '60'")]
    [InlineData("cron(0/5/5 10 * * ? *)", "more than one '/'")]
    [InlineData("cron(/5 10 * * ? *)", "the field minutes '/5'")]
    [InlineData("cron(0-5-9 10 * * ? *)", "more than one '-'")]
    [InlineData("cron(0 20-2 * * ? *)", "the range '20-2' runs backwards")]
    [InlineData("cron(0 10 ? * FRI-MON *)", "the range 'FRI-MON' runs backwards")]
    [InlineData("cron(0, 10 * * ? *)", "the field minutes '0,'")]
    [InlineData("cron(*,5 10 * * ? *)", "'*' stands alone")]
    [InlineData("cron(+5 10 * * ? *)", "the field minutes '+5'")]
    [InlineData("cron(0 10 15,L * ? *)", "the field day-of-month '15,L'")]
    [InlineData("cron(0 10 L-3 * ? *)", "the field day-of-month 'L-3'")]
    [InlineData("cron(0 10 32W * ? *)", "the field day-of-month '32W'")]
    [InlineData("cron(0 10 1W,15W * ? *)", "the field day-of-month '1W,15W'")]
    [InlineData("cron(0 10 1-5W * ? *)", "the field day-of-month '1-5W'")]
    // AWS's own example of what is not valid.
    [InlineData("cron(0 10 ? * 3#1,6#3 *)", "the field day-of-week '3#1,6#3'")]
    [InlineData("cron(0 10 ? * 3#6 *)", "'6' after '#' is not within 1-5")]
    [InlineData("cron(0 10 ? * 3#0 *)", "'0' after '#'")]
    [InlineData("cron(0 10 ? * 8#1 *)", "the field day-of-week '8#1'")]
    [InlineData("cron(0 10 ? * 6L,2 *)", "the field day-of-week '6L,2'")]
    [InlineData("cron(0 10 ? * 2,6L *)", "the field day-of-week '2,6L'")]
    [InlineData("cron(0 10 ? * W *)", "the field day-of-week 'W'")]
    public void What_AWS_refuses_is_refused_by_name(string expression, string reason)
    {
        var error = Assert.Throws<ScheduleExpressionException>(() => ScheduleExpression.Parse(expression, "UTC"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{expression}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mars/Olympus_Mons")]
    [InlineData("")]
    [InlineData("../../etc/localtime")]
    public void A_time_zone_must_exist(string timeZone)
    {
        var error = Assert.Throws<ScheduleExpressionException>(() => ScheduleExpression.Parse("rate(5 minutes)", timeZone));

        Assert.Contains($"time zone '{timeZone}'", error.Message, StringComparison.Ordinal);
    }
}
