using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.Tests.Alarms;

/// <summary>
/// Alarms and datapoints as CloudWatch's user guide writes them: 0 is within the threshold, X breaches it, - is missing, the newest last.
/// </summary>
internal static class AlarmCases
{
    public const double Limit = 100;
    public const double Good = 0;
    public const double Bad = 150;

    public const string Topic = "arn:aws:sns:us-west-1:000000000000:quiz-processing-alerts";

    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly MetricId Depth = MetricId.Of("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "quiz-submissions.fifo");

    public static PlannedAlarm Alarm(
        int evaluationPeriods = 1, int? datapointsToAlarm = null, string treatMissingData = "missing", int periodSeconds = 300,
        string comparison = "GreaterThanThreshold", string statistic = "Average", string? unit = null) => new(
            "quiz-queue-depth-high", "Too many messages", "AWS/SQS", "ApproximateNumberOfMessagesVisible", new Dictionary<string, string> { ["QueueName"] = "quiz-submissions.fifo" }, statistic,
            TimeSpan.FromSeconds(periodSeconds), evaluationPeriods, datapointsToAlarm ?? evaluationPeriods, Limit, comparison,
            treatMissingData, unit, true, [Topic], [], []);

    /// <summary>The newest first, as the evaluator takes them.</summary>
    public static Datapoint?[] Range(string datapoints) =>
        [.. datapoints.Split(' ').Reverse().Select((mark, age) => mark == "-" ? (Datapoint?)null : Point(mark == "X" ? Bad : Good, age))];

    public static Datapoint Point(double value, int age) => new(Noon - TimeSpan.FromMinutes(5) * (age + 1), value);

    public static AlarmState Evaluate(this PlannedAlarm alarm, string datapoints, AlarmState current = AlarmState.Ok) =>
        AlarmEvaluator.Evaluate(alarm, current, Range(datapoints)).State;
}
