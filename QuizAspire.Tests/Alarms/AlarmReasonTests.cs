using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>Reasons in CloudWatch's words, as real notifications have them.</summary>
public sealed class AlarmReasonTests
{
    [Fact]
    public void One_datapoint() => Assert.Equal(
        "Threshold Crossed: 1 datapoint [150.0 (21/11/26 11:55:00)] was greater than the threshold (100.0).",
        Reason(AlarmCases.Alarm(), "- - X"));

    [Fact]
    public void Two_datapoints() => Assert.Equal(
        "Threshold Crossed: 2 datapoints [150.0 (21/11/26 11:55:00), 150.0 (21/11/26 11:50:00)] were greater than the threshold (100.0).",
        Reason(AlarmCases.Alarm(2), "- - X X"));

    [Fact]
    public void Recovery() => Assert.Equal(
        "Threshold Crossed: 1 datapoint [0.0 (21/11/26 11:55:00)] was not greater than the threshold (100.0).",
        Reason(AlarmCases.Alarm(2), "X X X 0"));

    [Fact]
    public void Some_of_several() => Assert.Equal(
        "Threshold Crossed: 2 out of the last 3 datapoints [150.0 (21/11/26 11:55:00), 150.0 (21/11/26 11:45:00)]"
        + " were greater than the threshold (100.0) (minimum 2 datapoints for OK -> ALARM transition).",
        Reason(AlarmCases.Alarm(3, 2), "0 0 X 0 X"));

    [Fact]
    public void Recovery_of_some_of_several() => Assert.Equal(
        "Threshold Crossed: 2 out of the last 3 datapoints [0.0 (21/11/26 11:55:00), 0.0 (21/11/26 11:50:00)]"
        + " were not greater than the threshold (100.0) (minimum 2 datapoints for ALARM -> OK transition).",
        Reason(AlarmCases.Alarm(3, 2), "X X X 0 0"));

    [Fact]
    public void Missing_ones_beside_real_ones() => Assert.Equal(
        "Threshold Crossed: 1 out of the last 3 datapoints [150.0 (21/11/26 11:55:00)] was greater than the threshold (100.0)"
        + " and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
        Reason(AlarmCases.Alarm(3, 1, "notBreaching"), "- - - - X"));

    [Theory]
    [InlineData("breaching", "Breaching")]
    [InlineData("notBreaching", "NonBreaching")]
    public void Nothing_but_missing_ones(string treatment, string treated) => Assert.Equal(
        $"Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [{treated}].",
        Reason(AlarmCases.Alarm(1, treatMissingData: treatment), "- - -"));

    [Fact]
    public void Insufficient_data() => Assert.Equal("Insufficient Data: 2 datapoints were unknown.", Reason(AlarmCases.Alarm(2), "- - - -"));

    [Fact]
    public void Data_has_the_values_oldest_first_and_each_with_its_time_newest_first()
    {
        var alarm = AlarmCases.Alarm(2);
        var verdict = AlarmEvaluator.Evaluate(alarm, AlarmState.Ok, [AlarmCases.Point(180, 0), AlarmCases.Point(120.5, 1), null, null]);

        var data = Json.Of(AlarmReason.Data(alarm, verdict, AlarmCases.Noon));

        Assert.Equal(
            """
            {"version":"1.0","queryDate":"2026-11-21T12:00:00.000+0000","startDate":"2026-11-21T11:50:00.000+0000","statistic":"Average",
            "period":300,"recentDatapoints":[120.5,180],"threshold":100,
            "evaluatedDatapoints":[{"timestamp":"2026-11-21T11:55:00.000+0000","sampleCount":1,"value":180},
            {"timestamp":"2026-11-21T11:50:00.000+0000","sampleCount":1,"value":120.5}]}
            """.ReplaceLineEndings(""),
            data.GetRawText().Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    private static string Reason(PlannedAlarm alarm, string datapoints) =>
        AlarmReason.Text(alarm, AlarmEvaluator.Evaluate(alarm, AlarmState.InsufficientData, AlarmCases.Range(datapoints)));
}
