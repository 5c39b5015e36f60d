using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// One attempt at one due time. The payload is the schedule's Input with the context attributes replaced
/// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html), or without an Input the "default
/// notification" of which the documentation only says that there is one; its form is that of events that Scheduler has sent.
/// </summary>
/// <param name="Attempt">From 1.</param>
/// <param name="ExecutionId">"The unique ID that EventBridge Scheduler assigns for each attempted invocation of a target."</param>
internal sealed partial record ScheduledInvocation(PlannedSchedule Schedule, DateTimeOffset ScheduledTime, int Attempt, string ExecutionId)
{
    public static ScheduledInvocation New(PlannedSchedule schedule, DateTimeOffset scheduledTime, int attempt) =>
        new(schedule, scheduledTime, attempt, RandomNumberGenerator.GetHexString(16, lowercase: true));

    /// <summary>In UTC, to the second.</summary>
    public string ScheduledTimeText => ScheduledTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string Payload => Schedule.Input is { } input
        ? input
            .Replace("<aws.scheduler.schedule-arn>", Schedule.Arn, StringComparison.Ordinal)
            .Replace("<aws.scheduler.scheduled-time>", ScheduledTimeText, StringComparison.Ordinal)
            .Replace("<aws.scheduler.execution-id>", ExecutionId, StringComparison.Ordinal)
            .Replace("<aws.scheduler.attempt-number>", Attempt.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        : JsonSerializer.Serialize(Notification(), EventJson.Default.ScheduledEvent);

    private ScheduledEvent Notification()
    {
        // arn:aws:scheduler:region:account:schedule/group/name
        var arn = Schedule.Arn.Split(':', 6);
        return new ScheduledEvent(
            "0", Guid.NewGuid().ToString(), "Scheduled Event", "aws.scheduler",
            arn.ElementAtOrDefault(4) ?? "", ScheduledTimeText, arn.ElementAtOrDefault(3) ?? "", [Schedule.Arn], "{}");
    }

    /// <param name="Detail">A text that holds JSON.</param>
    internal sealed record ScheduledEvent(
        string Version, string Id, [property: JsonPropertyName("detail-type")] string DetailType, string Source, string Account, string Time,
        string Region, IReadOnlyList<string> Resources, string Detail);

    [JsonSerializable(typeof(ScheduledEvent))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    internal sealed partial class EventJson : JsonSerializerContext;
}
