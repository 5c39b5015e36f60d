namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>Evaluates each alarm when its turn has come, and hands on what changed.</summary>
/// <param name="evaluated">Called after each evaluation, with the change of state if there was one.</param>
internal sealed class AlarmRunner(IReadOnlyList<AlarmWatch> alarms, TimeProvider time, Func<AlarmWatch, AlarmTransition?, Task> evaluated)
{
    /// <summary>How often to call <see cref="EvaluateDueAsync"/>: short beside the shortest rhythm.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task EvaluateDueAsync()
    {
        foreach (var alarm in alarms)
            if (alarm.TryEvaluate(time.GetUtcNow(), out var transition))
                await evaluated(alarm, transition);
    }
}
