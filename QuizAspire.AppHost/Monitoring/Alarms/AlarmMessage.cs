using System.Text.Json;
using Amazon;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>What CloudWatch publishes to a topic when an alarm changes its state.</summary>
internal static class AlarmMessage
{
    // SNS takes no longer one.
    private const int SubjectLimit = 100;

    /// <param name="topicArn">Says region and account, which only the AWS of the run knows.</param>
    public static string Subject(AlarmTransition transition, string topicArn)
    {
        var (before, after) = ($"{transition.To.Text()}: \"", $"\" in {Region(topicArn)}");
        var name = transition.Alarm.Name;
        var room = SubjectLimit - before.Length - after.Length;
        return before + (name.Length <= room ? name : $"{name[..(room - 3)]}...") + after;
    }

    /// <param name="resolve">What an action of the plan is called in this AWS.</param>
    public static string Body(AlarmTransition transition, string topicArn, Func<string, string> resolve)
    {
        var alarm = transition.Alarm;
        var (region, account) = Place(topicArn);
        return JsonSerializer.Serialize(new AlarmNotification(
            alarm.Name, alarm.Description, account, AlarmReason.Time(transition.Configured), transition.To.Text(), transition.Reason,
            AlarmReason.Time(transition.At), Region(topicArn), $"arn:aws:cloudwatch:{region}:{account}:alarm:{alarm.Name}", transition.From.Text(),
            [.. alarm.OkActions.Select(resolve)], [.. alarm.AlarmActions.Select(resolve)], [.. alarm.InsufficientDataActions.Select(resolve)],
            Trigger(alarm)), AlarmJson.Readable.AlarmNotification);
    }

    private static AlarmTrigger Trigger(PlannedAlarm alarm)
    {
        var isPercentile = Statistic.IsPercentile(alarm.Statistic);
        return new AlarmTrigger(
            alarm.MetricName, alarm.Namespace, isPercentile ? "ExtendedStatistic" : "Statistic",
            isPercentile ? null : StatisticName(alarm.Statistic), isPercentile ? alarm.Statistic : null, alarm.Unit,
            [.. alarm.Dimensions.Select(dimension => new AlarmDimension(dimension.Value, dimension.Key))], (int)alarm.Period.TotalSeconds,
            alarm.EvaluationPeriods,
            // A template that leaves it out gets a message without it, and that is what most do who want all of them.
            alarm.DatapointsToAlarm == alarm.EvaluationPeriods ? null : alarm.DatapointsToAlarm,
            alarm.ComparisonOperator, alarm.Threshold, alarm.TreatMissingData, "");
    }

    private static string StatisticName(string statistic) => statistic == "SampleCount" ? "SAMPLE_COUNT" : statistic.ToUpperInvariant();

    private static string Region(string topicArn) => RegionEndpoint.GetBySystemName(Place(topicArn).Region).DisplayName;

    private static (string Region, string Account) Place(string arn) =>
        arn.Split(':') is [_, _, _, var region, var account, ..] ? (region, account) : ("", "");
}
