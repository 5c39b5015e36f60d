using System.Collections.Concurrent;
using System.Diagnostics;
using QuizAspire.Core.Telemetry;
using QuizAspire.Functions.Batches;
using QuizAspire.Functions.Telemetry;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Functions;

/// <summary>Parents, links and attributes of what the functions' envelope makes, as the listener sees it.</summary>
[Collection(UsesDynamo.Name)]
public sealed class FunctionSpanTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private const string Process = "process quiz-submissions.fifo";
    private const string Write = "write quiz-results";

    private InProcessFunction _function = null!;

    public async Task InitializeAsync() => _function = await InProcessFunction.CreateAsync(dynamo);

    public Task DisposeAsync()
    {
        _function.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Two_messages_of_one_batch_are_processed_each_in_its_senders_trace()
    {
        var (lambda, ann, bob) = (NewTrace(), NewTrace(state: "vendor=1"), NewTrace());

        Assert.Empty(await _function.DeliverAsync([Delivery.OfSeed("ann").From(ann), Delivery.OfSeed("bob").From(bob)], XRayTrace.Format(lambda)));

        var invocation = _function.Spans.One(lambda.TraceId, InProcessFunction.Name);
        Assert.Equal(ActivityKind.Consumer, invocation.Kind);
        Assert.Equal(lambda.SpanId, invocation.ParentSpanId);
        Assert.Equal([ann.SpanId, bob.SpanId], invocation.Links.Select(link => link.Context.SpanId));
        Assert.All([ann, bob], sender =>
        {
            var process = _function.Spans.One(sender.TraceId, Process);
            Assert.Equal(ActivityKind.Consumer, process.Kind);
            Assert.Equal(sender.SpanId, process.ParentSpanId);
            Assert.Equal(sender.TraceState, process.TraceStateString);
            Assert.Equal(invocation.Context.SpanId, Assert.Single(process.Links).Context.SpanId);
            Assert.Equal(invocation.TraceId, Assert.Single(process.Links).Context.TraceId);
            Assert.Equal(process.SpanId, _function.Spans.One(sender.TraceId, Write).ParentSpanId);
            Assert.Equal(ActivityStatusCode.Unset, process.Status);
        });
    }

    [Fact]
    public async Task Spans_are_described_by_the_conventions()
    {
        var (lambda, sender) = (NewTrace(), NewTrace());
        var delivery = Delivery.OfSeed("ann").From(sender) with { Receive = 2 };

        await _function.DeliverAsync([delivery], XRayTrace.Format(lambda));

        var invocation = _function.Spans.One(lambda.TraceId, InProcessFunction.Name);
        Assert.Equal("pubsub", invocation.GetTagItem("faas.trigger"));
        Assert.NotNull(invocation.GetTagItem("faas.invocation_id"));
        Assert.Equal("arn:aws:lambda:us-west-1:000000000000:function:quiz-processor", invocation.GetTagItem("cloud.resource_id"));
        Assert.Equal(1, invocation.GetTagItem("messaging.batch.message_count"));
        var process = _function.Spans.One(sender.TraceId, Process);
        Assert.All([invocation, process], span =>
        {
            Assert.Equal("aws_sqs", span.GetTagItem("messaging.system"));
            Assert.Equal("quiz-submissions.fifo", span.GetTagItem("messaging.destination.name"));
            Assert.Equal("process", span.GetTagItem("messaging.operation.name"));
            Assert.Equal("process", span.GetTagItem("messaging.operation.type"));
        });
        Assert.Equal(delivery.MessageId, process.GetTagItem("messaging.message.id"));
        Assert.Equal(delivery.SubmissionId, process.GetTagItem("quizaspire.submission.id"));
        Assert.Equal("quiz-1", process.GetTagItem("quizaspire.quiz.id"));
        Assert.Equal(2, process.GetTagItem("quizaspire.message.receive_count"));
        Assert.Equal("done", process.GetTagItem("quizaspire.outcome"));
    }

    [Fact]
    public async Task The_first_invocation_alone_is_marked_as_the_cold_start()
    {
        var (first, second) = (NewTrace(), NewTrace());

        await _function.DeliverAsync([Delivery.OfSeed("ann")], XRayTrace.Format(first));
        await _function.DeliverAsync([Delivery.OfSeed("ann")], XRayTrace.Format(second));

        var cold = _function.Spans.One(first.TraceId, InProcessFunction.Name);
        Assert.Equal(true, cold.GetTagItem("faas.coldstart"));
        Assert.True(cold.GetTagItem("quizaspire.init_duration") is > 0.0);
        var warm = _function.Spans.One(second.TraceId, InProcessFunction.Name);
        Assert.Equal(false, warm.GetTagItem("faas.coldstart"));
        Assert.Null(warm.GetTagItem("quizaspire.init_duration"));
        Assert.Single(_function.Numbers.Of("faas.coldstarts"));
    }

    [Fact]
    public async Task The_header_of_XRay_is_followed_where_there_is_no_traceparent()
    {
        var (byHeader, byAttribute, other) = (NewTrace(), NewTrace(), NewTrace());

        await _function.DeliverAsync(
            Delivery.OfSeed("ann") with { AwsTraceHeader = XRayTrace.Format(byHeader) },
            Delivery.OfSeed("bob").From(byAttribute) with { AwsTraceHeader = XRayTrace.Format(other) });

        Assert.Equal(byHeader.SpanId, _function.Spans.One(byHeader.TraceId, Process).ParentSpanId);
        Assert.Equal(byAttribute.SpanId, _function.Spans.One(byAttribute.TraceId, Process).ParentSpanId);
        Assert.Empty(_function.Spans.Of(other.TraceId));
    }

    public static TheoryData<string?, string?, string?> NoContexts => new()
    {
        { null, null, null },
        { "", "", "" },
        { "00-00000000000000000000000000000000-0000000000000000-01", null, null },
        { "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null, null },
        { "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-more", null, null },
        { "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01", null, null },
        { new string('0', 200_000), new string('x', 200_000), new string('R', 200_000) },
        { "\u0000\u00ff\ud83d\ude00", "=,=,=", "Root=;Parent=;Sampled=" },
        { null, null, "Root=1-5759e988-bd862e3fe1be46a994272793" },
        { null, null, "Root=1-zzzzzzzz-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1" },
    };

    [Theory]
    [MemberData(nameof(NoContexts))]
    public async Task A_message_without_a_context_that_makes_sense_is_processed_under_the_invocation(
        string? traceParent, string? traceState, string? awsTraceHeader)
    {
        var (lambda, neighbour) = (NewTrace(), NewTrace());
        var attributes = new Dictionary<string, string?> { ["traceparent"] = traceParent, ["tracestate"] = traceState };
        var hostile = Delivery.OfSeed("ann") with
        {
            Attributes = attributes.Where(attribute => attribute.Value is not null).ToDictionary(one => one.Key, one => one.Value!),
            AwsTraceHeader = awsTraceHeader,
        };

        Assert.Empty(await _function.DeliverAsync([hostile, Delivery.OfSeed("bob").From(neighbour)], XRayTrace.Format(lambda)));

        var invocation = _function.Spans.One(lambda.TraceId, InProcessFunction.Name);
        Assert.Equal(invocation.SpanId, _function.Spans.One(lambda.TraceId, Process).ParentSpanId);
        Assert.Equal(neighbour.SpanId, Assert.Single(invocation.Links).Context.SpanId);
        Assert.Equal(neighbour.SpanId, _function.Spans.One(neighbour.TraceId, Process).ParentSpanId);
    }

    [Fact]
    public async Task A_submission_that_is_not_sampled_has_no_span_not_even_one_that_is_thrown_away()
    {
        var (lambda, unsampled, sampled) = (NewTrace(), NewTrace(ActivityTraceFlags.None), NewTrace());
        var begun = new ConcurrentQueue<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FunctionSpans.SourceName, ActivityStarted = span => begun.Enqueue(span.TraceId),
        };
        ActivitySource.AddActivityListener(listener);

        Assert.Empty(await _function.DeliverAsync(
            [Delivery.OfSeed("ann").From(unsampled), Delivery.OfSeed("bob").From(sampled)], XRayTrace.Format(lambda)));

        Assert.DoesNotContain(unsampled.TraceId, begun);
        Assert.Contains(sampled.TraceId, begun);
        Assert.Equal(sampled.SpanId, _function.Spans.One(sampled.TraceId, Process).ParentSpanId);
    }

    [Fact]
    public void What_may_send_something_on_has_a_span_that_the_decision_not_to_keep_it_goes_with()
    {
        var sent = NewTrace(ActivityTraceFlags.None);
        var sender = new ActivityContext(sent.TraceId, sent.SpanId, sent.TraceFlags, isRemote: true);
        var record = new QueueRecord("m1", "{}", "m1", ReceiveCount: 1, DateTimeOffset.UnixEpoch, Sender: sender);

        using var span = FunctionSpans.StartProcess(record, sendsOn: true);

        Assert.Equal((sender.TraceId, ActivityTraceFlags.None), (span!.TraceId, span.ActivityTraceFlags));
        Assert.Equal($"00-{sender.TraceId}-{span.SpanId}-00", TraceCarrier.FieldsOf(TraceCarrier.ContextOf(span)).First().Value);
    }

    [Fact]
    public async Task A_message_that_fails_is_an_error_of_its_own_and_of_nobody_else()
    {
        var (lambda, poison, good) = (NewTrace(), NewTrace(), NewTrace());

        await _function.DeliverAsync(
            [Delivery.Poison("ann").From(poison), Delivery.OfSeed("bob").From(good), Delivery.OfSeed("ann") with { Receive = 1 }],
            XRayTrace.Format(lambda));

        var failed = _function.Spans.One(poison.TraceId, Process);
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
        Assert.Equal("invalid_message", failed.GetTagItem("error.type"));
        Assert.Equal("retried", failed.GetTagItem("quizaspire.outcome"));
        Assert.Equal(ActivityStatusCode.Unset, _function.Spans.One(good.TraceId, Process).Status);
        Assert.Equal("skipped", _function.Spans.One(lambda.TraceId, Process).GetTagItem("quizaspire.outcome"));
        Assert.Equal(ActivityStatusCode.Unset, _function.Spans.One(lambda.TraceId, InProcessFunction.Name).Status);
    }

    [Fact]
    public async Task The_last_delivery_and_its_redelivery_are_two_spans_of_the_senders_trace()
    {
        var sender = NewTrace();
        var poison = Delivery.Poison("ann").From(sender);

        await _function.DeliverAsync(poison with { Receive = 2 });
        await _function.DeliverAsync(poison with { Receive = 3 });

        Assert.Equal(["retried", "final"], _function.Spans.Of(sender.TraceId).Select(span => span.GetTagItem("quizaspire.outcome")));
        Assert.All(_function.Spans.Of(sender.TraceId), span => Assert.Equal(sender.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task An_event_that_is_none_fails_the_invocations_span()
    {
        var lambda = NewTrace();

        await Assert.ThrowsAsync<InvalidEventException>(() => _function.InvokeAsync("{}", XRayTrace.Format(lambda)));

        var invocation = _function.Spans.One(lambda.TraceId, InProcessFunction.Name);
        Assert.Equal(ActivityStatusCode.Error, invocation.Status);
        Assert.Equal(typeof(InvalidEventException).FullName, invocation.GetTagItem("error.type"));
        Assert.Single(_function.Numbers.Of("faas.errors"));
        Assert.Empty(_function.Numbers.Of("faas.invocations"));
    }

    [Fact]
    public async Task Nothing_stays_current_once_the_invocation_is_over()
    {
        await _function.DeliverAsync(Delivery.OfSeed("ann").From(NewTrace()), Delivery.Poison("bob").From(NewTrace()));

        Assert.Null(Activity.Current);
    }

    private static ActivityContext NewTrace(ActivityTraceFlags flags = ActivityTraceFlags.Recorded, string? state = null) =>
        TraceContexts.New(flags, state);
}
