using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>
/// Runs one schedule for as long as the application does: one invocation for each due time, at that time. Events that are still being retried do not
/// hold up the next ones. Due times that passed while nothing could run (the laptop slept, the clock was set forward) are not caught up with: of them
/// only the latest is run, and that only within the maximum event age. A flexible time window is used at its beginning.
/// </summary>
/// <param name="changed">Told each new state, one after the other.</param>
internal sealed partial class ScheduleRunner(
    PlannedSchedule schedule, ScheduleExpression expression, string function, ScheduleTarget target, TimeOfDay clock, ILogger logger,
    RunSpans spans, Action<ScheduleState> changed)
{
    private readonly Lock _gate = new();
    private readonly Delivery _delivery = new(schedule, function, target, clock, logger, spans);
    private readonly List<Task> _underWay = [];

    public ScheduleState State { get; private set; } = ScheduleState.None;

    /// <summary>Ends when the schedule is never due again and what it sent has been taken or given up.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var times = TimesFrom(clock.Now);
        var next = times.First;
        while (next is { } due)
        {
            Change(state => state with { NextRun = due });
            if (!await clock.UntilAsync(due, cancellation))
            {
                ClockSetBack(logger);
                var setTo = clock.Now;
                times = TimesFrom(setTo);
                next = times.NextAfter(setTo);
                continue;
            }
            var now = clock.Now;
            var latest = LatestOf(times, due, now);
            if (latest is { } run)
            {
                _underWay.RemoveAll(task => task.IsCompleted);
                _underWay.Add(RunAsync(run, () => _delivery.DeliverAsync(run, cancellation)));
            }
            next = times.NextAfter(latest ?? now);
        }
        Change(state => state with { NextRun = null });
        await Task.WhenAll(_underWay);
    }

    /// <summary>Invokes the function now, once, whatever the schedule says; its due times stay as they are.</summary>
    public Task<RunResult> RunNowAsync(CancellationToken cancellation)
    {
        var now = ToTheSecond(clock.Now);
        return RunAsync(now, () => _delivery.TryOnceAsync(now, cancellation));
    }

    private ScheduleTimes TimesFrom(DateTimeOffset begin) => new(expression, ToTheSecond(begin), schedule.StartDate, schedule.EndDate);

    private static DateTimeOffset ToTheSecond(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerSecond));

    /// <summary>The latest due time up to now that is young enough to be run; null when there is none.</summary>
    private DateTimeOffset? LatestOf(ScheduleTimes times, DateTimeOffset due, DateTimeOffset now)
    {
        var latest = now - due <= schedule.MaximumEventAge ? due : times.NextAfter(now - schedule.MaximumEventAge);
        if (latest > now)
            latest = null;
        while (latest is not null && times.NextAfter(latest.Value) is { } later && later <= now)
            latest = later;
        if (latest != due)
            Missed(logger, due.UtcDateTime, latest is null ? "none is run, they are too old" : "only the latest is run");
        return latest;
    }

    private async Task<RunResult> RunAsync(DateTimeOffset scheduledTime, Func<Task<RunResult>> deliver)
    {
        RunResult result;
        using var span = spans.Run(scheduledTime);
        try
        {
            result = await deliver();
        }
        catch (OperationCanceledException exception)
        {
            // The application ends, or whoever asked for the run has gone.
            return new RunResult(false, exception.Message);
        }
        catch (Exception exception)
        {
            // Nobody awaits a run while the schedule goes on.
            result = new RunResult(false, exception.Message, Code: exception.GetType().FullName);
        }

        spans.Ended(span, result);
        if (result.Succeeded)
            Ran(logger, scheduledTime.UtcDateTime, function, result.Text);
        else
            Failed(logger, scheduledTime.UtcDateTime, function, result.Text);
        Change(state => state.After(scheduledTime, result));
        return result;
    }

    private void Change(Func<ScheduleState, ScheduleState> change)
    {
        lock (_gate)
            changed(State = change(State));
    }

    [LoggerMessage(LogLevel.Information, "Run of {ScheduledTime:yyyy-MM-ddTHH:mm:ss}Z: {Function} {Result}")]
    private static partial void Ran(ILogger logger, DateTime scheduledTime, string function, string result);

    [LoggerMessage(LogLevel.Error, "Run of {ScheduledTime:yyyy-MM-ddTHH:mm:ss}Z: {Function} was not invoked: {Result}")]
    private static partial void Failed(ILogger logger, DateTime scheduledTime, string function, string result);

    [LoggerMessage(LogLevel.Warning, "Due times from {From:yyyy-MM-ddTHH:mm:ss}Z on passed while nothing could run here: {What}")]
    private static partial void Missed(ILogger logger, DateTime from, string what);

    [LoggerMessage(LogLevel.Warning, "The clock was set back: due times are reckoned anew from now")]
    private static partial void ClockSetBack(ILogger logger);
}
