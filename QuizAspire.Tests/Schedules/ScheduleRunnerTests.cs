using QuizAspire.AppHost.Monitoring.Schedules.Running;

namespace QuizAspire.Tests.Schedules;

/// <summary>One invocation for each due time, whatever the clock does.</summary>
public sealed class ScheduleRunnerTests
{
    [Fact]
    public async Task A_rate_runs_at_once_and_then_at_its_interval()
    {
        await using var rig = new ScheduleRig("rate(5 minutes)", start: "2026-11-22T10:00:07").Start();
        await rig.RunsAsync(1);
        Assert.Equal(Times.Utc("2026-11-22T10:05:07"), rig.State.NextRun);

        await rig.AdvanceAsync(TimeSpan.FromSeconds(299));
        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.RunsAsync(2);

        Assert.Equal(["2026-11-22T10:00:07Z", "2026-11-22T10:05:07Z"], rig.ScheduledTimes);
        Assert.Equal(new ScheduleState(Times.Utc("2026-11-22T10:10:07"), Times.Utc("2026-11-22T10:05:07"), "accepted, request r-1", 2, 0), rig.State);
        Assert.Contains("Information: Run of 2026-11-22T10:05:07Z: checker accepted, request r-1", rig.Logged);
    }

    [Fact]
    public async Task A_cron_waits_for_its_first_due_time()
    {
        await using var rig = new ScheduleRig("cron(30 2 * * ? *)", schedule => schedule with { TimeZone = "America/Los_Angeles" }).Start();
        await rig.TakesNoticeAsync();
        Assert.Equal(Times.Utc("2026-11-22T10:30:00"), rig.State.NextRun);
        Assert.Empty(rig.Calls);

        await rig.AdvanceAsync(TimeSpan.FromMinutes(30));
        await rig.RunsAsync(1);

        Assert.Equal(["2026-11-22T10:30:00Z"], rig.ScheduledTimes);
        Assert.Equal(Times.Utc("2026-11-23T10:30:00"), rig.State.NextRun);
    }

    [Fact]
    public async Task A_one_time_schedule_runs_once_and_is_over()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:03)").Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(3));
        await rig.EndsAsync();

        Assert.Equal(["2026-11-22T10:00:03Z"], rig.ScheduledTimes);
        Assert.Null(rig.State.NextRun);
    }

    [Fact]
    public async Task A_one_time_schedule_of_the_past_does_not_run()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T09:59:59)").Start();

        await rig.EndsAsync();

        Assert.Empty(rig.Calls);
        Assert.Equal(ScheduleState.None, rig.State);
    }

    [Fact]
    public async Task After_its_end_date_a_schedule_is_over()
    {
        await using var rig = new ScheduleRig("rate(1 minute)", schedule => schedule with { EndDate = Times.Utc("2026-11-22T10:01:30") }).Start();
        await rig.RunsAsync(1);

        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        await rig.EndsAsync();

        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z"], rig.ScheduledTimes);
    }

    [Fact]
    public async Task Being_late_does_not_add_up()
    {
        await using var rig = new ScheduleRig("rate(1 minute)").Start();
        await rig.RunsAsync(1);

        for (var minute = 1; minute <= 10; minute++)
        {
            await rig.AdvanceAsync(TimeSpan.FromSeconds(63));
            await rig.RunsAsync(minute + 1);
        }

        Assert.Equal(Enumerable.Range(0, 11).Select(minute => $"2026-11-22T10:{minute:00}:00Z"), rig.ScheduledTimes);
    }

    [Fact]
    public async Task A_laptop_that_slept_makes_up_for_one_run_only()
    {
        await using var rig = new ScheduleRig("rate(5 minutes)").Start();
        await rig.RunsAsync(1);

        await rig.AdvanceAsync(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(2));
        await rig.RunsAsync(2);

        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T18:00:00Z"], rig.ScheduledTimes);
        Assert.Equal(Times.Utc("2026-11-22T18:05:00"), rig.State.NextRun);
        Assert.Contains(
            "Warning: Due times from 2026-11-22T10:05:00Z on passed while nothing could run here: only the latest is run", rig.Logged);
    }

    [Fact]
    public async Task A_due_time_older_than_the_maximum_event_age_is_let_go()
    {
        await using var rig = new ScheduleRig("cron(0 12 * * ? *)", schedule => schedule with { MaximumEventAge = TimeSpan.FromMinutes(10) }).Start();
        await rig.TakesNoticeAsync();

        await rig.AdvanceAsync(TimeSpan.FromDays(3) + TimeSpan.FromHours(3));

        Assert.Equal(Times.Utc("2026-11-26T12:00:00"), rig.State.NextRun);
        Assert.Contains(rig.Logged, line => line.Contains("none is run, they are too old", StringComparison.Ordinal));
        Assert.Empty(rig.Calls);
    }

    [Fact]
    public async Task A_clock_that_is_corrected_repeats_nothing()
    {
        await using var rig = new ScheduleRig("rate(1 minute)").Start();
        await rig.RunsAsync(1);

        await rig.AdvanceAsync(TimeSpan.FromSeconds(60));
        await rig.RunsAsync(2);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(-30));
        await rig.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Times.Utc("2026-11-22T10:02:00"), rig.State.NextRun);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(30));
        await rig.RunsAsync(3);

        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z", "2026-11-22T10:02:00Z"], rig.ScheduledTimes);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_silence_the_schedule()
    {
        await using var rig = new ScheduleRig("rate(5 minutes)").Start();
        await rig.RunsAsync(1);

        await rig.AdvanceAsync(TimeSpan.FromDays(-1));
        await Support.Eventually.BecomesTrueAsync(
            () => Task.FromResult(rig.State.NextRun == Times.Utc("2026-11-21T10:05:00")), "the next run is reckoned anew");
        await rig.AdvanceAsync(TimeSpan.FromMinutes(5));
        await rig.RunsAsync(2);

        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-21T10:05:00Z"], rig.ScheduledTimes);
    }

    [Fact]
    public async Task A_run_that_is_not_answered_does_not_hold_up_the_next()
    {
        var answer = new TaskCompletionSource();
        await using var rig = new ScheduleRig("rate(1 minute)") { Answering = answer.Task }.Start();
        await rig.CallsAsync(1);

        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        await rig.CallsAsync(2);
        Assert.Equal(0, rig.State.Runs);
        answer.SetResult();
        await rig.RunsAsync(2);

        Assert.Equal(["2026-11-22T10:00:00Z", "2026-11-22T10:01:00Z"], rig.ScheduledTimes);
    }

    [Fact]
    public async Task However_the_clock_jumps_no_due_time_is_run_twice_and_none_without_being_due()
    {
        await using var rig = new ScheduleRig("cron(0/7 * * * ? *)").Start();
        await rig.RunsAsync(1);
        var random = new Random(4711);
        var expected = 1;
        for (var jump = 0; jump < 80; jump++)
        {
            var next = rig.State.NextRun;
            await rig.AdvanceAsync(TimeSpan.FromSeconds(random.Next(-20, 1200)));
            expected += rig.Now >= next ? 1 : 0;
        }
        await rig.RunsAsync(expected);

        Assert.Equal(expected, rig.State.Runs);
        Assert.Equal(rig.ScheduledTimes.Count, rig.ScheduledTimes.Distinct().Count());
        Assert.All(rig.Calls, call => Assert.Equal(0, Times.Utc(call.Payload).Minute % 7));
        Assert.All(rig.Calls, call => Assert.InRange(Times.Utc(call.Payload), Times.Utc("2026-11-22T10:00:00"), rig.Now));
    }

    [Fact]
    public async Task Run_now_invokes_once_and_leaves_the_due_times_alone()
    {
        await using var rig = new ScheduleRig("cron(0 12 * * ? *)").Start();
        await rig.AdvanceAsync(TimeSpan.FromMilliseconds(1500));

        var result = await rig.Runner.RunNowAsync(CancellationToken.None);

        Assert.Equal(new RunResult(true, "accepted, request r-1"), result);
        Assert.Equal(["2026-11-22T10:00:01Z"], rig.ScheduledTimes);
        Assert.Equal(new ScheduleState(Times.Utc("2026-11-22T12:00:00"), Times.Utc("2026-11-22T10:00:01"), "accepted, request r-1", 1, 0), rig.State);
    }

    [Fact]
    public async Task Run_now_tells_the_failure_and_tries_no_more()
    {
        await using var rig = new ScheduleRig("cron(0 12 * * ? *)").Answers((InvokeOutcome.FailedForNow, "ConnectionError"));

        var result = await rig.Runner.RunNowAsync(CancellationToken.None);

        Assert.Equal(new RunResult(false, "ConnectionError: as the test says", Code: "ConnectionError"), result);
        Assert.Single(rig.Calls);
        Assert.Equal((1, 1), (rig.State.Runs, rig.State.Failures));
    }

    [Fact]
    public async Task States_are_told_in_order()
    {
        await using var rig = new ScheduleRig("rate(1 minute)").Start();
        await rig.RunsAsync(1);
        await rig.AdvanceAsync(TimeSpan.FromMinutes(1));
        await rig.RunsAsync(2);

        Assert.Equal(rig.State, rig.States.Last());
        Assert.Equal(rig.States.Select(state => state.Runs).Order(), rig.States.Select(state => state.Runs));
    }
}
