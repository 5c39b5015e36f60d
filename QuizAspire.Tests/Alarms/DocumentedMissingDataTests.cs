using QuizAspire.AppHost.Monitoring.Alarms;

namespace QuizAspire.Tests.Alarms;

/// <summary>
/// The two tables of CloudWatch's user guide, "Configuring how CloudWatch alarms treat missing data", and what its text says beside them. A column
/// "retain" keeps whatever state the alarm was in.
/// </summary>
public sealed class DocumentedMissingDataTests
{
    private const string Retain = "retain";

    [Theory]
    [InlineData("0 - X - X", "OK", "OK", "OK", "OK")]
    [InlineData("0 - - - -", "OK", "OK", "OK", "OK")]
    [InlineData("- - - - -", "INSUFFICIENT_DATA", Retain, "ALARM", "OK")]
    [InlineData("0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("- - X - -", "ALARM", Retain, "ALARM", "OK")]
    public void Three_out_of_three(string datapoints, string missing, string ignore, string breaching, string notBreaching) =>
        AssertTable(3, datapoints, missing, ignore, breaching, notBreaching);

    [Theory]
    [InlineData("0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("0 - X - -", "OK", "OK", "ALARM", "OK")]
    [InlineData("- - - - 0", "OK", "OK", "ALARM", "OK")]
    [InlineData("- - - X -", "ALARM", Retain, "ALARM", "OK")]
    public void Two_out_of_three(string datapoints, string missing, string ignore, string breaching, string notBreaching) =>
        AssertTable(2, datapoints, missing, ignore, breaching, notBreaching);

    [Theory]
    [InlineData("- - - - X")]
    [InlineData("- - - X -")]
    public void One_young_breaching_datapoint_does_not_raise_an_alarm_of_three_before_its_time(string datapoints)
    {
        // An earlier edition of the guide has this row: "- - - - X", insufficient data, retain, ALARM, OK.
        AssertTable(3, datapoints, "INSUFFICIENT_DATA", Retain, "ALARM", "OK");
        Assert.Equal(AlarmState.Ok, AlarmCases.Alarm(3).Evaluate("- - - X 0"));
        Assert.Equal(AlarmState.Ok, AlarmCases.Alarm(3).Evaluate("- - X - 0"));
    }

    [Fact]
    public void The_oldest_row_of_an_earlier_edition_holds_too() =>
        AssertTable(3, "X - - - -", "ALARM", Retain, "ALARM", "OK");

    [Theory]
    [InlineData("X X X - - 0 0", "OK")]
    [InlineData("0 0 X X X - -", "ALARM")]
    [InlineData("0 X - X - X -", "ALARM")]
    public void Real_datapoints_from_farther_back_stand_in_for_missing_ones(string datapoints, string state)
    {
        foreach (var treatment in new[] { "missing", "ignore", "breaching", "notBreaching" })
            Assert.Equal(state, AlarmCases.Alarm(3, treatMissingData: treatment).Evaluate(datapoints).Text());
    }

    private static void AssertTable(int datapointsToAlarm, string datapoints, string missing, string ignore, string breaching, string notBreaching)
    {
        (string, string)[] columns = [("missing", missing), ("ignore", ignore), ("breaching", breaching), ("notBreaching", notBreaching)];
        foreach (var (treatment, expected) in columns)
        {
            foreach (var current in Enum.GetValues<AlarmState>())
            {
                var state = AlarmCases.Alarm(3, datapointsToAlarm, treatment).Evaluate(datapoints, current);
                Assert.Equal((treatment, expected == Retain ? current.Text() : expected), (treatment, state.Text()));
            }
        }
    }
}
