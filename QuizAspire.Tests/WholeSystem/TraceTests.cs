using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Monitoring.Schedules.Hosting;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>One click is one trace through every process, as a developer sees it in the dashboard.</summary>
[Collection(nameof(SharedDashboard))]
public sealed class TraceTests(DashboardSystem system) : IDisposable
{
    private const string Queue = "quiz-submissions.fifo";
    private const string Accept = "POST /submissions";
    private const string Send = $"send {Queue}";
    private const string Process = $"process {Queue}";
    private const string Write = "write quiz-results";
    private const string StoreResults = "DynamoDB.BatchWriteItem";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(4));
    private readonly DashboardTelemetry _telemetry = system.Telemetry();

    public void Dispose()
    {
        _telemetry.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Submission_is_one_trace_from_the_request_to_the_item_in_the_table()
    {
        await system.StoreQuiz("traced", questions: 2);

        var (_, id) = await system.PostTraced("/submissions", QuizClient.Submission("tracy", "traced", questions: 2, right: 1), _deadline.Token);

        var trace = await _telemetry.TraceAsync(id, IsWhole, "the submission's trace is whole");
        AssertSubmission(trace);
        // Alone in its batch, it is what the function was invoked for.
        var (process, invocation) = (trace.One(ResourceNames.QuizProcessor, Process), await InvocationOf(trace));
        Assert.True(invocation.IsLinkedTo(trace.One(ResourceNames.Api, Send)), $"{trace}");
        Assert.Equal(1, invocation.Number("messaging.batch.message_count"));
        Assert.Contains(trace.Spans, span => span.Name == StoreResults && (trace.IsUnder(span, process) || trace.IsUnder(span, invocation)));
        Assert.DoesNotContain(trace.Spans, span => span.IsError);
        // What is said about it meanwhile belongs to it.
        await Eventually.BecomesTrueAsync(
            async () => (await _telemetry.LogsAsync(invocation.TraceId)).Any(log =>
                log.Service == ResourceNames.QuizProcessor && log.Text.Contains("records=1", StringComparison.Ordinal)),
            "the batch's log line is in the trace");
    }

    [Fact]
    public async Task Submissions_of_one_batch_keep_their_own_traces_and_are_linked_with_what_they_share()
    {
        const int atOnce = 30;
        await system.StoreQuiz("traced-batch", questions: 2);

        // Which messages come together is for the queue to say: again until some have.
        for (var round = 1; ; round++)
        {
            var posted = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(number => system.PostTraced(
                "/submissions", QuizClient.Submission($"batch-{round}-{number}", "traced-batch", questions: 2, right: 1), _deadline.Token)));
            var traces = await Task.WhenAll(posted.Select(one => _telemetry.TraceAsync(one.TraceId, IsWhole, "a batched submission's trace is whole")));
            var invocations = new Dictionary<string, TelemetrySpan>(StringComparer.Ordinal);
            foreach (var trace in traces)
            {
                AssertSubmission(trace);
                var invocation = await InvocationOf(trace);
                invocations[invocation.Id] = invocation;
                Assert.True(invocation.IsLinkedTo(trace.One(ResourceNames.Api, Send)), $"{trace}");
            }

            Assert.Equal(atOnce, invocations.Values.Sum(invocation => invocation.Links.Count));
            Assert.All(invocations.Values, invocation => Assert.Equal(invocation.Links.Count, invocation.Number("messaging.batch.message_count")));
            if (invocations.Values.FirstOrDefault(invocation => invocation.Links.Count > 1) is { } shared)
            {
                await AssertOneWrite(shared, [.. traces.Where(trace => trace.One(ResourceNames.QuizProcessor, Process).IsLinkedTo(shared))]);
                return;
            }

            Assert.InRange(round, 1, 5);
        }
    }

    [Fact]
    public async Task Statistics_job_is_one_trace_through_both_queues_to_the_notification()
    {
        const string requests = "statistics-requests", completed = "statistics-completed", inbox = "quiz-inbox-quiz-statistics";
        var (accepted, id) = await system.PostTraced(
            "/statistics", new JsonObject { ["data"] = new JsonArray("Quiz1,85,76,90", "Quiz2,78,88,85") }, _deadline.Token);
        await system.MailsAbout((string)accepted["statistics_id"]!, _deadline.Token);

        var trace = await _telemetry.TraceAsync(id, trace => trace.Has(ResourceNames.Inbox, $"process {inbox}")
            && trace.Has(ResourceNames.ResultNotifier, $"process {completed}") && trace.Has(ResourceNames.StatisticsCalculator, $"process {requests}")
            && trace.Has(ResourceNames.Api, "POST /statistics/"), "the job's trace is whole");

        TelemetrySpan[] chain =
        [
            Of(ResourceNames.Api, "POST /statistics/", SpanKind.Server),
            Of(ResourceNames.Api, $"send {requests}", SpanKind.Producer),
            Of(ResourceNames.StatisticsCalculator, $"process {requests}", SpanKind.Consumer),
            Of(ResourceNames.StatisticsCalculator, $"send {completed}", SpanKind.Producer),
            Of(ResourceNames.ResultNotifier, $"process {completed}", SpanKind.Consumer),
            Of(ResourceNames.ResultNotifier, "publish quiz-statistics", SpanKind.Producer),
            Of(ResourceNames.Inbox, $"process {inbox}", SpanKind.Consumer),
        ];
        Assert.All(chain.Zip(chain.Skip(1)), step => Assert.True(trace.IsUnder(step.Second, step.First), $"'{step.Second.Name}' is not under '{step.First.Name}':\n{trace}"));
        Calls(chain[0], "S3.PutObject", "DynamoDB.PutItem");
        Calls(chain[2], "S3.GetObject", "S3.PutObject", "DynamoDB.UpdateItem");
        Calls(chain[4], "S3.GetObject", "DynamoDB.UpdateItem");
        Calls(chain[5], "SNS.Publish");
        Assert.DoesNotContain(trace.Spans, span => span.IsError);

        TelemetrySpan Of(string service, string name, SpanKind kind)
        {
            var span = trace.One(service, name);
            Assert.Equal(kind, span.Kind);
            return span;
        }

        void Calls(TelemetrySpan above, params string[] calls) => Assert.All(calls, call => Assert.True(
            trace.Spans.Any(span => span.Name == call && span.Service == above.Service && span.Kind == SpanKind.Client && trace.IsUnder(span, above)),
            $"no {call} under '{above.Name}':\n{trace}"));
    }

    [Fact]
    public async Task Scheduled_run_is_a_trace_of_its_own_with_the_functions_invocation_in_it()
    {
        const string schedule = "quiz-queue-health-check-schedule";

        // The first is due as soon as the system runs, when a busy dashboard may not take what is sent to it in time: that would be lost.
        var asked = await system.App.ResourceCommands.ExecuteCommandAsync(schedule, SchedulesExtensions.RunNowCommand, _deadline.Token);
        Assert.True(asked.Success, asked.Message);
        var trace = await _telemetry.TraceOfRootAsync(schedule, $"run {schedule}", trace => trace.Has(ResourceNames.HealthCheck, ResourceNames.HealthCheck));

        var run = trace.One(schedule, $"run {schedule}");
        var invoke = trace.One(schedule, $"invoke {ResourceNames.HealthCheck}");
        Assert.Equal((null, run.Id, SpanKind.Client), (run.ParentId, invoke.ParentId, invoke.Kind));
        Assert.Equal("accepted", run.Attributes["quizaspire.outcome"]);
        Assert.Equal(invoke.Id, trace.One(ResourceNames.HealthCheck, ResourceNames.HealthCheck).ParentId);
        Assert.Contains(trace.Spans, span => span.Service == ResourceNames.HealthCheck && span.Name == "SQS.GetQueueAttributes");
    }

    [Fact]
    public async Task Every_process_and_the_stack_have_metrics_and_everything_that_speaks_is_a_resource()
    {
        string[] measured = [ResourceNames.Api, .. ResourceNames.Functions, ResourceNames.Stack, "quiz-queue-health-check-schedule"];
        IReadOnlyList<DashboardSource> sources = [];

        await Eventually.BecomesTrueAsync(async () =>
        {
            sources = await _telemetry.SourcesAsync();
            return measured.All(name => sources.Any(source => source.Name == name && source.HasMetrics));
        }, "all have metrics", TimeSpan.FromSeconds(60));

        Assert.All(sources, source => Assert.True(
            system.App.ResourceNotifications.TryGetCurrentState(source.InstanceId is null ? source.Name : $"{source.Name}-{source.InstanceId}", out _),
            $"{source} is no resource of the application"));
    }

    private static bool IsWhole(Trace trace) =>
        trace.Has(ResourceNames.Api, Accept) && trace.Has(ResourceNames.Api, Send)
        && trace.Has(ResourceNames.QuizProcessor, Process) && trace.Has(ResourceNames.QuizProcessor, Write);

    /// <summary>What every submission's trace has, whoever it came together with.</summary>
    private static void AssertSubmission(Trace trace)
    {
        var accept = trace.One(ResourceNames.Api, Accept);
        var send = trace.One(ResourceNames.Api, Send);
        var process = trace.One(ResourceNames.QuizProcessor, Process);
        var write = trace.One(ResourceNames.QuizProcessor, Write);

        Assert.Equal(
            (SpanKind.Server, SpanKind.Producer, SpanKind.Consumer, SpanKind.Internal), (accept.Kind, send.Kind, process.Kind, write.Kind));
        Assert.Equal((accept.Id, send.Id, process.Id), (send.ParentId, process.ParentId, write.ParentId));
        Assert.Equal(Queue, send.Attributes["messaging.destination.name"]);
        Assert.Contains(trace.Under(accept), span => span is { Name: "DynamoDB.PutItem", Kind: SpanKind.Client });
    }

    /// <summary>The invocation that a message was handled in, which may be in the trace of another message of its batch.</summary>
    private async Task<TelemetrySpan> InvocationOf(Trace trace)
    {
        var process = trace.One(ResourceNames.QuizProcessor, Process);
        var (traceId, spanId) = Assert.Single(process.Links);
        var other = await _telemetry.TraceAsync(traceId, other => other.Spans.Any(span => span.Id == spanId), "the invocation is there");
        var invocation = other.Spans.Single(span => span.Id == spanId);
        Assert.Equal((ResourceNames.QuizProcessor, ResourceNames.QuizProcessor), (invocation.Service, invocation.Name));
        Assert.Equal(SpanKind.Consumer, invocation.Kind);
        return invocation;
    }

    /// <summary>The results of a batch are one call, below the invocation, and every message's own write is linked with it.</summary>
    private async Task AssertOneWrite(TelemetrySpan invocation, IReadOnlyList<Trace> traces)
    {
        Assert.Equal(invocation.Links.Count, traces.Count);
        var around = await _telemetry.TraceAsync(
            invocation.TraceId, trace => trace.Spans.Any(span => span.Name == StoreResults && span.ParentId == invocation.Id), "the shared write is there");
        var calls = around.Spans.Where(span => span.Name == StoreResults && span.ParentId == invocation.Id).ToArray();
        Assert.All(traces.Select(trace => trace.One(ResourceNames.QuizProcessor, Write)), write =>
            Assert.Contains(calls, call => write.IsLinkedTo(call) || call.IsLinkedTo(write)));
    }
}
