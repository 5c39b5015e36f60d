using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>An alarm that tells the alerts topic when a metric has been above a threshold.</summary>
internal sealed class QuizAlarm : CfnAlarm
{
    /// <summary>For metrics that exist only while something happens.</summary>
    public const string NoDataIsFine = "notBreaching";

    /// <param name="periodSeconds">Of one data point.</param>
    /// <param name="periods">How many periods in a row.</param>
    public QuizAlarm(
        Construct scope, string id, string alertsTopic, double periodSeconds, string name, string description,
        string metric, (string Namespace, string Name, string Value) of, string statistic, double threshold, int periods = 1, string? missingData = null)
        : base(scope, id, new CfnAlarmProps
        {
            AlarmName = name,
            AlarmDescription = description,
            Namespace = of.Namespace,
            MetricName = metric,
            Dimensions = new[] { new DimensionProperty { Name = of.Name, Value = of.Value } },
            Statistic = statistic,
            Period = periodSeconds,
            EvaluationPeriods = periods,
            Threshold = threshold,
            TreatMissingData = missingData,
            ComparisonOperator = "GreaterThanThreshold",
            AlarmActions = [alertsTopic],
        })
    {
    }
}
