using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Reads alarms from planned resources.</summary>
internal static class AlarmReader
{
    // An alarm on metric math has its period in each of its metrics, and none of its own.
    private static readonly TimeSpan NoPeriod = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<PlannedAlarm> Read(IEnumerable<PlannedResource> resources) =>
    [
        .. from alarm in resources
           where alarm.Type is Alarm
           let properties = alarm.Properties
           let periods = properties["EvaluationPeriods"].Number() ?? 1
           select new PlannedAlarm(
               alarm.Identity.Name,
               properties["AlarmDescription"].Text(),
               Alarm.NamespaceOf(properties),
               properties["MetricName"].Text() ?? "",
               (properties["Dimensions"]?.AsArray() ?? [])
                   .ToDictionary(dimension => dimension!["Name"].Text()!, dimension => dimension!["Value"].Text()!, StringComparer.Ordinal),
               properties["Statistic"].Text() ?? properties["ExtendedStatistic"].Text() ?? "",
               properties["Period"].Seconds() ?? NoPeriod,
               periods,
               properties["DatapointsToAlarm"].Number() ?? periods,
               properties["Threshold"].Decimal() ?? 0,
               properties["ComparisonOperator"].Text() ?? "",
               properties["TreatMissingData"].Text() ?? "missing",
               properties["Unit"].Text(),
               properties["ActionsEnabled"].Truth() ?? true,
               properties["AlarmActions"].Texts(),
               properties["OKActions"].Texts(),
               properties["InsufficientDataActions"].Texts()),
    ];
}
