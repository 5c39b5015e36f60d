using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;

namespace QuizAspire.Tests.Alarms;

public sealed class AlarmEvaluatorTests
{
    private static readonly IReadOnlySet<string> Functions = new HashSet<string> { "quiz-processor" };

    [Theory]
    [InlineData("GreaterThanThreshold", 100.5, true)]
    [InlineData("GreaterThanThreshold", 100, false)]
    [InlineData("GreaterThanOrEqualToThreshold", 100, true)]
    [InlineData("GreaterThanOrEqualToThreshold", 99.5, false)]
    [InlineData("LessThanThreshold", 99.5, true)]
    [InlineData("LessThanThreshold", 100, false)]
    [InlineData("LessThanOrEqualToThreshold", 100, true)]
    [InlineData("LessThanOrEqualToThreshold", 100.5, false)]
    public void Every_comparison_with_a_fixed_threshold(string comparison, double value, bool breaches)
    {
        var alarm = AlarmCases.Alarm(comparison: comparison);

        var state = AlarmEvaluator.Evaluate(alarm, AlarmState.InsufficientData, [AlarmCases.Point(value, 0), null, null]).State;

        Assert.Equal(breaches ? AlarmState.Alarm : AlarmState.Ok, state);
    }

    [Fact]
    public void Example_of_the_guide_three_in_a_row_above_three()
    {
        // Its figure: below for two periods, above for three, below again, above once in the ninth.
        double[] values = [2, 2.5, 3.5, 4, 3.8, 2.9, 2, 1.5, 3.4, 2];
        var alarm = AlarmCases.Alarm(3) with { Threshold = 3 };

        var states = Enumerable.Range(3, values.Length - 2)
            .Select(count => AlarmEvaluator.Evaluate(
                alarm, AlarmState.Ok, [.. values.Take(count).Reverse().Take(5).Select((value, age) => AlarmCases.Point(value, age))]).State)
            .ToArray();

        Assert.Equal(
            [AlarmState.Ok, AlarmState.Ok, AlarmState.Alarm, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok], states);
    }

    [Fact]
    public void It_looks_back_as_far_as_the_guides_examples() => Assert.Equal(5, AlarmEvaluator.Range(AlarmCases.Alarm(3)));

    [Fact]
    public void Alarm_that_can_be_decided_has_no_reason_never_to_be() => Assert.Null(AlarmEvaluator.WhyNever(AlarmCases.Alarm(), Functions));

    [Theory]
    [InlineData("GreaterThanUpperThreshold")]
    [InlineData("LessThanLowerThreshold")]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold")]
    public void Bands_of_anomaly_detection_are_refused_with_the_reason(string comparison) =>
        Assert.Contains("band", AlarmEvaluator.WhyNever(AlarmCases.Alarm(comparison: comparison), Functions), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_measured_is_told_with_the_reason()
    {
        var alarm = AlarmCases.Alarm();

        AssertTold("metric math", alarm with { MetricName = "", Namespace = "" });
        AssertTold("AWS/ApiGateway 5xx", alarm with { Namespace = "AWS/ApiGateway", MetricName = "5xx" });
        AssertTold("NumberOfMessagesSent", alarm with { MetricName = "NumberOfMessagesSent" });
        AssertTold("QueueName alone", alarm with { Dimensions = new Dictionary<string, string>() });
        AssertTold("not in Seconds", AlarmCases.Alarm(unit: "Seconds"));
        AssertTold("IQM", AlarmCases.Alarm(statistic: "IQM"));

        static void AssertTold(string reason, PlannedAlarm alarm) =>
            Assert.Contains(reason, AlarmEvaluator.WhyNever(alarm, Functions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quiz-processor", false)]
    [InlineData("quiz-api", true)]
    public void Function_that_does_not_run_as_one_has_no_metrics(string function, bool never)
    {
        var alarm = AlarmCases.Alarm() with
        {
            Namespace = "AWS/Lambda",
            MetricName = "Errors",
            Dimensions = new Dictionary<string, string> { ["FunctionName"] = function },
        };

        Assert.Equal(never, AlarmEvaluator.WhyNever(alarm, Functions) is not null);
    }
}
