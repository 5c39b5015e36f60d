using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;

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

    private static string Reason(PlannedAlarm alarm, string datapoints) =>
        AlarmReason.Text(alarm, AlarmEvaluator.Evaluate(alarm, AlarmState.InsufficientData, AlarmCases.Range(datapoints)));
}
