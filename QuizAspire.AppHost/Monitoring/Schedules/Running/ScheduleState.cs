namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>What a schedule has done in this run.</summary>
/// <param name="NextRun">Null when it is never due again.</param>
/// <param name="LastRun">The due time of the run that ended last.</param>
/// <param name="Runs">Due times whose invocation has ended, one way or the other; and invocations by hand.</param>
/// <param name="Failures">Those of them that the function did not get.</param>
internal sealed record ScheduleState(DateTimeOffset? NextRun, DateTimeOffset? LastRun, string? LastResult, int Runs, int Failures)
{
    public static readonly ScheduleState None = new(null, null, null, 0, 0);

    public ScheduleState After(DateTimeOffset run, RunResult result) => this with
    {
        LastRun = run,
        LastResult = result.Text,
        Runs = Runs + 1,
        Failures = Failures + (result.Succeeded ? 0 : 1),
    };
}

/// <summary>How the invocation for one due time ended, in words for a person.</summary>
/// <param name="Code">Of the error, where the last attempt had one.</param>
internal sealed record RunResult(bool Succeeded, string Text, int Attempts = 1, string? Code = null);
