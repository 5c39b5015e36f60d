using QuizAspire.AppHost.Monitoring.Schedules.Running;

namespace QuizAspire.Tests.Schedules;

/// <summary>Attempts, their pauses and their end, by the retry policy.</summary>
public sealed class DeliveryTests
{
    private static readonly (InvokeOutcome, string) Throttled = (InvokeOutcome.FailedForNow, "TooManyRequestsException");
    private static readonly (InvokeOutcome, string) Refused = (InvokeOutcome.Refused, "ResourceNotFoundException");

    [Fact]
    public async Task A_failed_attempt_is_repeated_with_longer_and_longer_pauses()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with
        {
            Input = "<aws.scheduler.attempt-number> <aws.scheduler.scheduled-time>",
        }).Answers(Throttled, Throttled, Throttled).Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await rig.CallsAsync(attempt);
            await WillRetryAsync(rig, attempt);
            await rig.AdvanceAsync(RetryPolicy.PauseAfter(attempt));
        }
        await rig.EndsAsync();

        Assert.Equal([0.0, 1, 3, 7], rig.Calls.Select(call => (call.At - Times.Utc("2026-11-22T10:00:01")).TotalSeconds));
        Assert.Equal(Enumerable.Range(1, 4).Select(attempt => $"{attempt} 2026-11-22T10:00:01Z"), rig.ScheduledTimes);
        Assert.Equal("accepted, attempt 4, request r-1", rig.State.LastResult);
        Assert.Equal((1, 0), (rig.State.Runs, rig.State.Failures));
    }

    [Fact]
    public async Task After_the_last_attempt_the_event_goes_to_the_dead_letter_queue_with_the_reason()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with
        {
            MaximumRetryAttempts = 1,
            DeadLetterQueueArn = ScheduleRig.QueueArn,
        }).Answers(Throttled, Throttled, Throttled).Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await WillRetryAsync(rig, 1);
        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.EndsAsync();

        Assert.Equal(2, rig.Calls.Count);
        var letter = Assert.Single(rig.DeadLetters);
        Assert.Equal("2026-11-22T10:00:01Z", letter.Body);
        Assert.Equal("TooManyRequestsException", letter.Attributes["ERROR_CODE"]);
        Assert.Equal("as the test says", letter.Attributes["ERROR_MESSAGE"]);
        Assert.Equal("MaximumRetryAttempts", letter.Attributes["EXHAUSTED_RETRY_CONDITION"]);
        Assert.Equal("1", letter.Attributes["RETRY_ATTEMPTS"]);
        Assert.Equal("2026-11-22T10:00:01Z", letter.Attributes["SCHEDULED_TIME"]);
        Assert.Equal("arn:aws:scheduler:us-west-1:000000000000:schedule/default/check", letter.Attributes["SCHEDULE_ARN"]);
        Assert.Equal("arn:aws:lambda:us-west-1:000000000000:function:checker", letter.Attributes["TARGET_ARN"]);
        Assert.Equal((1, 1), (rig.State.Runs, rig.State.Failures));
        Assert.Equal(
            "TooManyRequestsException: as the test says (MaximumRetryAttempts reached after 2 attempt(s)), sent to the dead-letter queue",
            rig.State.LastResult);
    }

    [Fact]
    public async Task Attempts_end_with_the_maximum_event_age()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with
        {
            MaximumEventAge = TimeSpan.FromSeconds(60),
            MaximumRetryAttempts = 185,
            DeadLetterQueueArn = ScheduleRig.QueueArn,
        }).Answers([.. Enumerable.Repeat(Throttled, 50)]).Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await WillRetryAsync(rig, attempt);
            await rig.AdvanceAsync(RetryPolicy.PauseAfter(attempt));
        }
        await rig.EndsAsync();

        // 0, 1, 3, 7, 15 and 31 s; the next would be at 63 s.
        Assert.Equal(6, rig.Calls.Count);
        Assert.Equal("MaximumEventAgeInSeconds", Assert.Single(rig.DeadLetters).Attributes["EXHAUSTED_RETRY_CONDITION"]);
    }

    [Fact]
    public async Task What_cannot_succeed_is_not_repeated()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with { DeadLetterQueueArn = ScheduleRig.QueueArn })
            .Answers(Refused).Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.EndsAsync();

        Assert.Single(rig.Calls);
        Assert.DoesNotContain("EXHAUSTED_RETRY_CONDITION", Assert.Single(rig.DeadLetters).Attributes);
        Assert.StartsWith("ResourceNotFoundException: as the test says (not retried)", rig.State.LastResult, StringComparison.Ordinal);
        Assert.Contains(rig.Logged, line => line.StartsWith("Error: Run of 2026-11-22T10:00:01Z: checker was not invoked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_retries_the_first_failure_is_the_end()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with { MaximumRetryAttempts = 0 })
            .Answers(Throttled).Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.EndsAsync();

        Assert.Single(rig.Calls);
        Assert.Empty(rig.DeadLetters);
        Assert.Equal(1, rig.State.Failures);
    }

    [Fact]
    public async Task A_dead_letter_queue_that_is_not_there_is_told_and_hides_nothing()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with { DeadLetterQueueArn = ScheduleRig.QueueArn })
            .Answers(Refused).Start();
        rig.QueueIsThere = false;

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.EndsAsync();

        Assert.StartsWith("ResourceNotFoundException", rig.State.LastResult, StringComparison.Ordinal);
        Assert.EndsWith("no such queue", rig.State.LastResult, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_emulator_that_comes_late_costs_no_attempt()
    {
        var ready = new TaskCompletionSource();
        await using var rig = new ScheduleRig("rate(5 minutes)", schedule => schedule with { MaximumRetryAttempts = 0 })
        {
            Ready = ready.Task,
        }.Start();
        await rig.TakesNoticeAsync();
        await rig.AdvanceAsync(TimeSpan.FromSeconds(40));
        Assert.Empty(rig.Calls);

        ready.SetResult();
        await rig.RunsAsync(1);

        Assert.Equal(["2026-11-22T10:00:00Z"], rig.ScheduledTimes);
        Assert.Equal(0, rig.State.Failures);
    }

    [Fact]
    public async Task An_emulator_that_never_comes_fails_the_run_at_the_maximum_event_age()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)", schedule => schedule with { MaximumEventAge = TimeSpan.FromSeconds(60) })
        {
            Ready = new TaskCompletionSource().Task,
        }.Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.AdvanceAsync(TimeSpan.FromSeconds(60));
        await rig.EndsAsync();

        Assert.Empty(rig.Calls);
        Assert.Equal((1, 1), (rig.State.Runs, rig.State.Failures));
        Assert.StartsWith("NotReady: there was no Lambda emulator", rig.State.LastResult, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_ends_no_wait_for_the_emulator()
    {
        var ready = new TaskCompletionSource();
        await using var rig = new ScheduleRig("rate(5 minutes)") { Ready = ready.Task }.Start();
        await rig.TakesNoticeAsync();

        await rig.AdvanceAsync(TimeSpan.FromHours(-1));
        await Support.Eventually.BecomesTrueAsync(
            () => Task.FromResult(rig.State.NextRun == Times.Utc("2026-11-22T09:05:00")), "the schedule has taken notice");
        ready.SetResult();
        await rig.RunsAsync(1);

        Assert.Equal(["2026-11-22T10:00:00Z"], rig.ScheduledTimes);
        Assert.Equal(0, rig.State.Failures);
    }

    [Fact]
    public async Task An_emulator_that_cannot_be_waited_for_fails_the_run_with_the_reason()
    {
        await using var rig = new ScheduleRig("at(2026-11-22T10:00:01)")
        {
            Ready = Task.FromException(new InvalidOperationException("it is not part of the application")),
        }.Start();

        await rig.AdvanceAsync(TimeSpan.FromSeconds(1));
        await rig.EndsAsync();

        Assert.Empty(rig.Calls);
        Assert.Equal("it is not part of the application", rig.State.LastResult);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 64)]
    [InlineData(8, 64)]
    [InlineData(185, 64)]
    public void Pauses_double_up_to_about_a_minute(int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.PauseAfter(attempt));

    // Only then does moving the clock on end the pause and nothing else.
    private static Task WillRetryAsync(ScheduleRig rig, int attempt) => Support.Eventually.BecomesTrueAsync(
        () => Task.FromResult(rig.Logged.Any(line => line.Contains($"attempt {attempt} failed", StringComparison.Ordinal))),
        $"attempt {attempt} fails");
}
