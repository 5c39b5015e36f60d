using System.Collections.Concurrent;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Schedules.Expressions;
using QuizAspire.AppHost.Monitoring.Schedules.Running;
using QuizAspire.AppHost.Monitoring.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Schedules;

/// <summary>One schedule that runs by a clock which the test moves, on a function that answers as the test says.</summary>
internal sealed class ScheduleRig : IAsyncDisposable
{
    public const string QueueArn = "arn:aws:sqs:us-west-1:000000000000:undelivered";

    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<(InvokeOutcome Outcome, string Code)> _answers = new();
    private readonly ManualTime _time;
    private readonly LogLines _log = new();
    private Task _running = Task.CompletedTask;

    public ScheduleRig(string expression, Func<PlannedSchedule, PlannedSchedule>? with = null, string start = "2026-11-22T10:00:00")
    {
        _time = new ManualTime(Times.Utc(start));
        var schedule = Planned(expression);
        schedule = with?.Invoke(schedule) ?? schedule;
        Runner = new ScheduleRunner(
            schedule, ScheduleExpression.Parse(schedule.Expression, schedule.TimeZone), "checker",
            new ScheduleTarget(cancellation => Ready.WaitAsync(cancellation), InvokeAsync, KeepAsync),
            new TimeOfDay(_time, TimeSpan.FromMilliseconds(1)), _log, new RunSpans(schedule, "checker", Telemetry), state => States.Enqueue(state));
    }

    public ScheduleRunner Runner { get; }

    public ResourceTelemetry Telemetry { get; } = new($"check-{Guid.NewGuid():N}");

    /// <summary>Whenever the function was called: the time of day, and the payload.</summary>
    public ConcurrentQueue<(DateTimeOffset At, string Payload)> Calls { get; } = new();

    public ConcurrentQueue<DeadLetter> DeadLetters { get; } = new();

    public ConcurrentQueue<ScheduleState> States { get; } = new();

    /// <summary>Each with its level before it.</summary>
    public IEnumerable<string> Logged => _log.Lines;

    /// <summary>Until when there is nobody to invoke functions at.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>Until when an invocation is not answered.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public bool QueueIsThere { get; set; } = true;

    public DateTimeOffset Now => _time.GetUtcNow();

    public ScheduleState State => Runner.State;

    /// <summary>The scheduled times that the function was told, in the order of the calls.</summary>
    public IReadOnlyList<string> ScheduledTimes => [.. Calls.Select(call => call.Payload)];

    public static PlannedSchedule Planned(string expression) => new(
        "check", "arn:aws:scheduler:us-west-1:000000000000:schedule/default/check", expression, "UTC", null, null, true,
        "arn:aws:lambda:us-west-1:000000000000:function:checker", "<aws.scheduler.scheduled-time>", TimeSpan.FromHours(24), 3, null);

    /// <summary>The next answers, one for an attempt; after them every attempt is accepted.</summary>
    public ScheduleRig Answers(params (InvokeOutcome Outcome, string Code)[] answers)
    {
        foreach (var answer in answers)
            _answers.Enqueue(answer);
        return this;
    }

    public ScheduleRig Start()
    {
        _running = Runner.RunAsync(_ending.Token);
        return this;
    }

    /// <summary>Moves the clock, and waits until the schedule has taken notice.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        await TakesNoticeAsync();
    }

    public Task TakesNoticeAsync() => Eventually.BecomesTrueAsync(
        () => Task.FromResult(!States.IsEmpty && !(State.NextRun <= Now)), $"the schedule has taken notice of {Now:s}");

    public Task CallsAsync(int count) => Eventually.BecomesTrueAsync(() => Task.FromResult(Calls.Count >= count), $"{count} calls");

    public Task RunsAsync(int count) => Eventually.BecomesTrueAsync(() => Task.FromResult(State.Runs >= count), $"{count} runs");

    /// <summary>The schedule is over by itself.</summary>
    public Task EndsAsync() => _running.WaitAsync(TimeSpan.FromSeconds(20));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(20));
        _ending.Dispose();
        await Telemetry.DisposeAsync();
    }

    private async Task<InvokeAnswer> InvokeAsync(string function, string payload, CancellationToken cancellation)
    {
        Assert.Equal("checker", function);
        Calls.Enqueue((Now, payload));
        await Answering.WaitAsync(cancellation);
        return _answers.TryDequeue(out var answer) && answer.Outcome != InvokeOutcome.Accepted
            ? new InvokeAnswer(answer.Outcome, answer.Code, "as the test says")
            : InvokeAnswer.Accepted("r-1");
    }

    private Task KeepAsync(string queueArn, DeadLetter letter, CancellationToken cancellation)
    {
        Assert.Equal(QueueArn, queueArn);
        if (!QueueIsThere)
            throw new InvalidOperationException("no such queue");
        DeadLetters.Enqueue(letter);
        return Task.CompletedTask;
    }
}
