using System.Diagnostics;
using QuizAspire.AppHost.Monitoring.Schedules.Running;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Schedules;

/// <summary>What a run of a schedule looks like as a trace.</summary>
public sealed class RunSpansTests
{
    private const string Never = "cron(0 12 * * ? *)";

    [Fact]
    public async Task Run_is_a_trace_with_an_attempt_below_it_for_each_that_was_made()
    {
        await using var rig = new ScheduleRig("rate(5 minutes)").Answers((InvokeOutcome.FailedForNow, "TooManyRequestsException"));
        using var spans = RecordedSpans.OfSource(rig.Telemetry.Spans.Name);

        rig.Start();
        await rig.CallsAsync(1);
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                await rig.AdvanceAsync(TimeSpan.FromSeconds(30));
                return rig.State.Runs > 0;
            }, "the run has ended");

        var run = spans.One("run check");
        var attempts = spans.All.Where(span => span.DisplayName == "invoke checker" && span.TraceId == run.TraceId).ToArray();
        Assert.Equal(default, run.ParentSpanId);
        Assert.Equal(("accepted", 2), (run.GetTagItem("quizaspire.outcome"), run.GetTagItem("quizaspire.schedule.attempts")));
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.GetTagItem("quizaspire.schedule.attempt")));
        Assert.All(attempts, attempt => Assert.Equal((run.SpanId, ActivityKind.Client), (attempt.ParentSpanId, attempt.Kind)));
        Assert.Equal(
            [(ActivityStatusCode.Error, (object?)"TooManyRequestsException"), (ActivityStatusCode.Unset, null)],
            attempts.Select(attempt => (attempt.Status, attempt.GetTagItem("error.type"))));
        Assert.Equal(2, attempts.Select(attempt => attempt.GetTagItem("quizaspire.schedule.execution_id")).Distinct().Count());
    }

    [Fact]
    public async Task Run_that_nobody_takes_is_an_error()
    {
        await using var rig = new ScheduleRig(Never).Answers((InvokeOutcome.Refused, "ResourceNotFoundException"));
        using var spans = RecordedSpans.OfSource(rig.Telemetry.Spans.Name);

        await rig.Runner.RunNowAsync(CancellationToken.None);

        var run = spans.One("run check");
        Assert.Equal((ActivityStatusCode.Error, (object?)"failed", (object?)"ResourceNotFoundException"),
            (run.Status, run.GetTagItem("quizaspire.outcome"), run.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Run_by_hand_is_a_trace_of_its_own_and_not_of_the_request_that_asked_for_it()
    {
        await using var rig = new ScheduleRig(Never);
        using var spans = RecordedSpans.OfSource(rig.Telemetry.Spans.Name);
        using var request = new Activity("request").Start();

        await rig.Runner.RunNowAsync(CancellationToken.None);

        Assert.NotEqual(request.TraceId, spans.One("run check").TraceId);
        Assert.Same(request, Activity.Current);
    }
}
