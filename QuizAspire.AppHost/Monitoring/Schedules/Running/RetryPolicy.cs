using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// "Retry attempts with exponential backoff continue until either the maximum number of attempts is made or until the duration of the
/// MaximumEventAgeInSeconds is reached" (https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html). How long the pauses are is
/// not documented; here they begin with a second, because what fails locally is an emulator that is starting again.
/// </summary>
/// <param name="giveUpAt">When the event is too old.</param>
internal sealed class RetryPolicy(PlannedSchedule schedule, DateTimeOffset giveUpAt)
{
    private const int LongestDoubling = 6;

    public DateTimeOffset GiveUpAt => giveUpAt;

    public static TimeSpan PauseAfter(int attempt) => TimeSpan.FromSeconds(1 << Math.Min(attempt - 1, LongestDoubling));

    /// <summary>When to try again after a failed attempt; or which limit is reached, by its name in the policy.</summary>
    public (DateTimeOffset? At, string? Exhausted) AfterFailed(int attempt, DateTimeOffset now) =>
        attempt > schedule.MaximumRetryAttempts ? (null, "MaximumRetryAttempts")
        : now + PauseAfter(attempt) > giveUpAt ? (null, "MaximumEventAgeInSeconds")
        : (now + PauseAfter(attempt), null);
}
