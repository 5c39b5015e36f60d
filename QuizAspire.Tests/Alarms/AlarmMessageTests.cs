using System.Text.Json;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Alarms;

/// <summary>What is published, member by member as in CloudWatch's notifications.</summary>
public sealed class AlarmMessageTests
{
    [Fact]
    public void Message_has_every_member_in_CloudWatchs_order()
    {
        var message = Message(Transition(AlarmCases.Alarm(2) with { OkActions = [AlarmCases.Topic] }));

        Assert.Equal(
            ["AlarmName", "AlarmDescription", "AWSAccountId", "AlarmConfigurationUpdatedTimestamp", "NewStateValue", "NewStateReason",
             "StateChangeTime", "Region", "AlarmArn", "OldStateValue", "OKActions", "AlarmActions", "InsufficientDataActions", "Trigger"],
            message.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["MetricName", "Namespace", "StatisticType", "Statistic", "Unit", "Dimensions", "Period", "EvaluationPeriods", "ComparisonOperator",
             "Threshold", "TreatMissingData", "EvaluateLowSampleCountPercentile"],
            message.GetProperty("Trigger").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Message_says_what_happened_where()
    {
        var message = Message(Transition(AlarmCases.Alarm(3, 2)));

        Assert.Equal("quiz-queue-depth-high", Text(message, "AlarmName"));
        Assert.Equal("Too many messages", Text(message, "AlarmDescription"));
        Assert.Equal("123456789012", Text(message, "AWSAccountId"));
        Assert.Equal("ALARM", Text(message, "NewStateValue"));
        Assert.Equal("OK", Text(message, "OldStateValue"));
        Assert.Equal("because -> so", Text(message, "NewStateReason"));
        Assert.Equal("2026-11-21T12:00:00.000+0000", Text(message, "StateChangeTime"));
        Assert.Equal("2026-11-21T11:00:00.000+0000", Text(message, "AlarmConfigurationUpdatedTimestamp"));
        Assert.Equal(Amazon.RegionEndpoint.EUWest1.DisplayName, Text(message, "Region"));
        Assert.Equal("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:quiz-queue-depth-high", Text(message, "AlarmArn"));
        var action = Assert.Single(message.GetProperty("AlarmActions").EnumerateArray());
        Assert.Equal("arn:aws:sns:eu-west-1:123456789012:real", action.GetString());
        Assert.Equal(0, message.GetProperty("InsufficientDataActions").GetArrayLength());
        var trigger = message.GetProperty("Trigger");
        Assert.Equal(("AVERAGE", "Statistic"), (Text(trigger, "Statistic"), Text(trigger, "StatisticType")));
        Assert.Equal(JsonValueKind.Null, trigger.GetProperty("Unit").ValueKind);
        Assert.Equal("""[{"value":"quiz-submissions.fifo","name":"QueueName"}]""", trigger.GetProperty("Dimensions").GetRawText());
        Assert.Equal((300, 3, 2), (Number(trigger, "Period"), Number(trigger, "EvaluationPeriods"), Number(trigger, "DatapointsToAlarm")));
        Assert.Equal(("GreaterThanThreshold", 100), (Text(trigger, "ComparisonOperator"), trigger.GetProperty("Threshold").GetDouble()));
        Assert.Equal("missing", Text(trigger, "TreatMissingData"));
    }

    [Fact]
    public void Percentile_is_an_extended_statistic()
    {
        var trigger = Message(Transition(AlarmCases.Alarm(statistic: "p99"))).GetProperty("Trigger");

        Assert.Equal(("ExtendedStatistic", "p99"), (Text(trigger, "StatisticType"), Text(trigger, "ExtendedStatistic")));
        Assert.False(trigger.TryGetProperty("Statistic", out _));
    }

    [Fact]
    public void Message_is_readable_as_text() => Assert.Contains(
        "because -> so", AlarmMessage.Body(Transition(AlarmCases.Alarm()), AlarmCases.Topic, action => action), StringComparison.Ordinal);

    [Fact]
    public void Subject_is_state_name_and_region() => Assert.Equal(
        $"ALARM: \"quiz-queue-depth-high\" in {Amazon.RegionEndpoint.USWest1.DisplayName}",
        AlarmMessage.Subject(Transition(AlarmCases.Alarm()), AlarmCases.Topic));

    [Theory]
    [InlineData(60)]
    [InlineData(66)]
    [InlineData(67)]
    [InlineData(68)]
    [InlineData(255)]
    public void Subject_is_never_longer_than_SNS_takes(int length)
    {
        var subject = AlarmMessage.Subject(Transition(AlarmCases.Alarm() with { Name = new string('a', length) }), AlarmCases.Topic);

        Assert.True(subject.Length <= 100, subject);
        Assert.EndsWith($"\" in {Amazon.RegionEndpoint.USWest1.DisplayName}", subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALARM", "a")]
    [InlineData("OK", "o")]
    [InlineData("INSUFFICIENT_DATA", "i")]
    public void Each_state_has_its_own_actions(string state, string action)
    {
        var to = Enum.GetValues<AlarmState>().Single(one => one.Text() == state);
        var alarm = AlarmCases.Alarm() with { AlarmActions = ["a"], OkActions = ["o"], InsufficientDataActions = ["i"] };

        Assert.Equal([action], (Transition(alarm) with { To = to }).Actions);
        Assert.Empty((Transition(alarm with { ActionsEnabled = false }) with { To = to }).Actions);
    }

    private static AlarmTransition Transition(PlannedAlarm alarm) =>
        new(alarm, AlarmState.Ok, AlarmState.Alarm, "because -> so", AlarmCases.Noon, AlarmCases.Noon.AddHours(-1));

    private static JsonElement Message(AlarmTransition transition) => Json.Of(AlarmMessage.Body(
        transition, "arn:aws:sns:eu-west-1:123456789012:real",
        planned => planned == AlarmCases.Topic ? "arn:aws:sns:eu-west-1:123456789012:real" : planned));

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static int Number(JsonElement element, string member) => element.GetProperty(member).GetInt32();
}
