using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Monitoring.Schedules.Running;

/// <summary>Brings the event of one due time to its function: attempts by the retry policy, and the dead-letter queue after the last.</summary>
internal sealed partial class Delivery(
    PlannedSchedule schedule, string function, ScheduleTarget target, TimeOfDay clock, ILogger logger, RunSpans spans)
{
    private static readonly InvokeAnswer NotThere = new(InvokeOutcome.FailedForNow, "NotReady", "there was no Lambda emulator to invoke it at");

    public async Task<RunResult> DeliverAsync(DateTimeOffset scheduledTime, CancellationToken cancellation)
    {
        var policy = new RetryPolicy(schedule, clock.Now + schedule.MaximumEventAge);
        for (var attempt = 1; ; attempt++)
        {
            var invocation = ScheduledInvocation.New(schedule, scheduledTime, attempt);
            if (!await IsReadyAsync(policy.GiveUpAt, cancellation))
                return await GiveUpAsync(invocation, NotThere, "MaximumEventAgeInSeconds", cancellation);
            var answer = await InvokeAsync(invocation, cancellation);
            if (answer.Outcome == InvokeOutcome.Accepted)
                return Accepted(answer, attempt);
            if (answer.Outcome == InvokeOutcome.Refused)
                return await GiveUpAsync(invocation, answer, null, cancellation);
            var (next, exhausted) = policy.AfterFailed(attempt, clock.Now);
            if (next is null)
                return await GiveUpAsync(invocation, answer, exhausted, cancellation);
            WillRetry(logger, invocation.ScheduledTimeText, attempt, answer.Code, answer.Message, next.Value.UtcDateTime);
            await clock.UntilAsync(next.Value, cancellation);
        }
    }

    /// <summary>One attempt and no more: whoever asked for it sees what came of it.</summary>
    public async Task<RunResult> TryOnceAsync(DateTimeOffset scheduledTime, CancellationToken cancellation)
    {
        var answer = await InvokeAsync(ScheduledInvocation.New(schedule, scheduledTime, attempt: 1), cancellation);
        return answer.Outcome == InvokeOutcome.Accepted
            ? Accepted(answer, 1)
            : new RunResult(false, $"{answer.Code}: {answer.Message}", Code: answer.Code);
    }

    private async Task<InvokeAnswer> InvokeAsync(ScheduledInvocation invocation, CancellationToken cancellation)
    {
        using var span = spans.Invoke(invocation);
        var answer = await target.Invoke(function, invocation.Payload, cancellation);
        RunSpans.Answered(span, answer);
        return answer;
    }

    private static RunResult Accepted(InvokeAnswer answer, int attempts) =>
        new(true, string.Join(
            ", ", ((string[])["accepted", attempts > 1 ? $"attempt {attempts}" : "", answer.Message]).Where(part => part.Length > 0)), attempts);

    private async Task<bool> IsReadyAsync(DateTimeOffset giveUpAt, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ready = target.Ready(either.Token);
        while (!ready.IsCompleted && clock.Now < giveUpAt)
        {
            // The end of the application, or a clock that was set back, ends the second alone.
            await Task.WhenAny(ready, clock.UntilAsync(giveUpAt, either.Token));
            cancellation.ThrowIfCancellationRequested();
        }
        if (ready.IsCompleted)
            await ready;
        await either.CancelAsync();
        return ready.IsCompletedSuccessfully;
    }

    private async Task<RunResult> GiveUpAsync(ScheduledInvocation last, InvokeAnswer answer, string? exhausted, CancellationToken cancellation)
    {
        var end = exhausted is null ? "not retried" : $"{exhausted} reached after {last.Attempt} attempt(s)";
        var text = $"{answer.Code}: {answer.Message} ({end})";
        if (schedule.DeadLetterQueueArn is not { } queue)
            return Failed(text);
        try
        {
            await target.SendDeadLetter(queue, DeadLetter.Of(last, answer, exhausted), cancellation);
            return Failed($"{text}, sent to the dead-letter queue");
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            return Failed($"{text}, and not even to be had in the dead-letter queue: {exception.Message}");
        }

        RunResult Failed(string text) => new(false, text, last.Attempt, answer.Code);
    }

    [LoggerMessage(LogLevel.Warning, "Run of {ScheduledTime}: attempt {Attempt} failed with {Code}: {Message}. Again at {Next:HH:mm:ss}Z.")]
    private static partial void WillRetry(ILogger logger, string scheduledTime, int attempt, string? code, string message, DateTime next);
}
