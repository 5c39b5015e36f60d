using System.Diagnostics;
using System.Diagnostics.Metrics;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// A trace for each run of a schedule, by OpenTelemetry's conventions for functions: the run, each attempt in it, and under the attempt that was
/// accepted the function's own invocation. Runs are counted, too.
/// </summary>
internal sealed class RunSpans
{
    private readonly PlannedSchedule _schedule;
    private readonly string _function;
    private readonly ResourceTelemetry _telemetry;
    private readonly Counter<long> _runs;

    public RunSpans(PlannedSchedule schedule, string function, ResourceTelemetry telemetry)
    {
        (_schedule, _function, _telemetry) = (schedule, function, telemetry);
        _runs = telemetry.Meter.CreateCounter<long>("quizaspire.schedule.runs", "{run}", "Invocations that a schedule was due for, or asked for by hand.");
    }

    public Activity? Run(DateTimeOffset scheduledTime) => _telemetry.StartTrace($"run {_schedule.Name}")
        ?.SetTag("faas.trigger", "timer")
        .SetTag("faas.time", scheduledTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))
        .SetTag("quizaspire.schedule.name", _schedule.Name)
        .SetTag("quizaspire.schedule.expression", _schedule.Expression);

    public void Ended(Activity? run, RunResult result)
    {
        var outcome = result.Succeeded ? "accepted" : "failed";
        _runs.Add(1, new("quizaspire.schedule.name", _schedule.Name), new("quizaspire.outcome", outcome));
        run?.SetTag("quizaspire.outcome", outcome).SetTag("quizaspire.schedule.attempts", result.Attempts);
        if (!result.Succeeded)
            run?.SetTag("error.type", result.Code ?? "_OTHER").SetStatus(ActivityStatusCode.Error, result.Text);
    }

    public Activity? Invoke(ScheduledInvocation invocation) => _telemetry.Spans.StartActivity($"invoke {_function}", ActivityKind.Client)
        ?.SetTag("faas.invoked_name", _function)
        .SetTag("faas.invoked_provider", "aws")
        .SetTag("quizaspire.schedule.execution_id", invocation.ExecutionId)
        .SetTag("quizaspire.schedule.attempt", invocation.Attempt);

    public static void Answered(Activity? attempt, InvokeAnswer answer)
    {
        if (answer.Outcome != InvokeOutcome.Accepted)
            attempt?.SetTag("error.type", answer.Code ?? "_OTHER").SetStatus(ActivityStatusCode.Error, answer.Message);
    }
}
