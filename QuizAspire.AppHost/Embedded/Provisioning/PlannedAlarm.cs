namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>A CloudWatch alarm of the template, with AWS's defaults where the template says nothing.</summary>
/// <param name="Namespace">Empty, as the metric's name, where the alarm is on metric math.</param>
/// <param name="Statistic">Or the extended one, such as <c>p90</c>.</param>
/// <param name="DatapointsToAlarm">As many as the evaluation periods unless the template says fewer.</param>
/// <param name="TreatMissingData"><c>missing</c>, <c>notBreaching</c>, <c>breaching</c> or <c>ignore</c>.</param>
/// <param name="AlarmActions">ARNs, as planned.</param>
internal sealed record PlannedAlarm(
    string Name,
    string? Description,
    string Namespace,
    string MetricName,
    IReadOnlyDictionary<string, string> Dimensions,
    string Statistic,
    TimeSpan Period,
    int EvaluationPeriods,
    int DatapointsToAlarm,
    double Threshold,
    string ComparisonOperator,
    string TreatMissingData,
    string? Unit,
    bool ActionsEnabled,
    IReadOnlyList<string> AlarmActions,
    IReadOnlyList<string> OkActions,
    IReadOnlyList<string> InsufficientDataActions);
