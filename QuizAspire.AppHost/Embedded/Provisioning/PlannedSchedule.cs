namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>A schedule of EventBridge Scheduler in the template, with AWS's defaults where the template says nothing.</summary>
/// <param name="Expression"><c>rate(...)</c>, <c>cron(...)</c> or <c>at(...)</c>.</param>
/// <param name="TimeZone">In which the expression's times are, by its IANA name.</param>
/// <param name="Input">What the target is called with; null for Scheduler's own event.</param>
/// <param name="MaximumEventAge">How long after the planned time a call may be repeated.</param>
/// <param name="MaximumRetryAttempts">Beyond the first.</param>
internal sealed record PlannedSchedule(
    string Name,
    string Arn,
    string Expression,
    string TimeZone,
    DateTimeOffset? StartDate,
    DateTimeOffset? EndDate,
    bool Enabled,
    string TargetArn,
    string? Input,
    TimeSpan MaximumEventAge,
    int MaximumRetryAttempts,
    string? DeadLetterQueueArn);
