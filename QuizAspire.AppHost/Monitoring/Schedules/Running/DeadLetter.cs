using System.Globalization;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// An event that could not be delivered, as Scheduler puts it into a schedule's dead-letter queue: the payload, with the reason in attributes
/// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html).
/// </summary>
internal sealed record DeadLetter(string Body, IReadOnlyDictionary<string, string> Attributes)
{
    /// <param name="exhausted">Which limit of the retry policy ended the attempts; null when it was the error itself.</param>
    public static DeadLetter Of(ScheduledInvocation last, InvokeAnswer answer, string? exhausted)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ERROR_CODE"] = answer.Code ?? "Unknown",
            ["ERROR_MESSAGE"] = answer.Message,
            ["EXECUTION_ID"] = last.ExecutionId,
            ["IS_PAYLOAD_TRUNCATED"] = "false",
            ["RETRY_ATTEMPTS"] = (last.Attempt - 1).ToString(CultureInfo.InvariantCulture),
            ["SCHEDULED_TIME"] = last.ScheduledTimeText,
            ["SCHEDULE_ARN"] = last.Schedule.Arn,
            ["TARGET_ARN"] = last.Schedule.TargetArn,
        };
        if (exhausted is not null)
            attributes["EXHAUSTED_RETRY_CONDITION"] = exhausted;
        return new DeadLetter(last.Payload, attributes);
    }
}
