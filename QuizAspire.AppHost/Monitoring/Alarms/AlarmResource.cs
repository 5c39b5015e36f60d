using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>An alarm as a resource of the application: its state is the alarm's.</summary>
/// <param name="elsewhere">The AWS of the run evaluates it itself.</param>
internal sealed class AlarmResource(string name, PlannedAlarm alarm, bool elsewhere) : Resource(name)
{
    private const string ReasonProperty = "State reason";
    private const string SinceProperty = "Since";
    private const string DatapointsProperty = "Last datapoints";
    private const int DatapointsShown = 5;

    public PlannedAlarm Alarm => alarm;

    public bool IsElsewhere => elsewhere;

    public CustomResourceSnapshot Initial => new()
    {
        ResourceType = "CloudWatch alarm",
        State = elsewhere
            ? new ResourceStateSnapshot("Evaluated by AWS", KnownResourceStateStyles.Info)
            : new ResourceStateSnapshot(AlarmState.InsufficientData.Text(), KnownResourceStateStyles.Warn),
        Properties = About(),
    };

    public CustomResourceSnapshot Show(CustomResourceSnapshot snapshot, AlarmStatus status) => snapshot with
    {
        State = new ResourceStateSnapshot(status.State.Text(), Style(status.State)),
        Properties =
        [
            .. snapshot.Properties.Where(property => !IsLive(property.Name)),
            new(CustomResourceKnownProperties.Source, Now(alarm, status)),
            new(ReasonProperty, status.Reason),
            new(SinceProperty, status.Since.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)),
            new(DatapointsProperty,
                status.Datapoints.Count == 0 ? "none" : string.Join(", ", status.Datapoints.Take(DatapointsShown).Select(Written))),
        ],
    };

    private static bool IsLive(string property) =>
        property is ReasonProperty or SinceProperty or DatapointsProperty || property == CustomResourceKnownProperties.Source;

    /// <summary>The newest value beside what it is compared with.</summary>
    private static string Now(PlannedAlarm alarm, AlarmStatus status)
    {
        var newest = status.Datapoints.Count == 0 ? "no data" : Short(status.Datapoints[0].Value);
        return $"{newest}; alarm when {Threshold.Words(alarm.ComparisonOperator)} {Short(alarm.Threshold)}";

        static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static string Style(AlarmState state) => state switch
    {
        AlarmState.Ok => KnownResourceStateStyles.Success,
        AlarmState.Alarm => KnownResourceStateStyles.Error,
        _ => KnownResourceStateStyles.Warn,
    };

    private static string Written(Datapoint point) =>
        $"{AlarmReason.Number(point.Value)} ({point.Timestamp.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)})";

    private ImmutableArray<ResourcePropertySnapshot> About() =>
    [
        new(CustomResourceKnownProperties.Source, alarm.Name),
        new("Metric", MetricId.Of(alarm.Namespace, alarm.MetricName, alarm.Dimensions).ToString()),
        new("Statistic", alarm.Statistic),
        new("Threshold", $"{Threshold.Words(alarm.ComparisonOperator)} {AlarmReason.Number(alarm.Threshold)}"
            + $" for {alarm.DatapointsToAlarm} of {alarm.EvaluationPeriods} periods"),
        new("Period", $"{alarm.Period.TotalSeconds:0} s"),
        new("Missing data", alarm.TreatMissingData),
        new("Actions", alarm.ActionsEnabled ? string.Join(", ", alarm.AlarmActions.Concat(alarm.OkActions).Distinct()) : "disabled"),
    ];
}
