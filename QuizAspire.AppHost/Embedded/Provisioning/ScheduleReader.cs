using QuizAspire.AppHost.Embedded.Provisioning.Types;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>Reads schedules from planned resources.</summary>
internal static class ScheduleReader
{
    private static readonly TimeSpan DefaultEventAge = TimeSpan.FromSeconds(86_400);
    private const int DefaultRetryAttempts = 185;

    public static IReadOnlyList<PlannedSchedule> Read(IEnumerable<PlannedResource> resources) =>
    [
        .. from schedule in resources
           where schedule.Type is Schedule
           let properties = schedule.Properties
           let target = properties["Target"]
           select new PlannedSchedule(
               schedule.Identity.Name,
               schedule.Identity.Attributes["Arn"],
               properties["ScheduleExpression"].Text() ?? "",
               properties["ScheduleExpressionTimezone"].Text() ?? "UTC",
               properties["StartDate"].Time(),
               properties["EndDate"].Time(),
               Schedule.IsEnabled(properties),
               target?["Arn"].Text() ?? "",
               target?["Input"].Text(),
               target?["RetryPolicy"]?["MaximumEventAgeInSeconds"].Seconds() ?? DefaultEventAge,
               target?["RetryPolicy"]?["MaximumRetryAttempts"].Number() ?? DefaultRetryAttempts,
               target?["DeadLetterConfig"]?["Arn"].Text()),
    ];
}
