using System.Diagnostics;
using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Functions;

/// <summary>The function as a process, and what a collector gets of it.</summary>
[Collection(UsesDynamo.Name)]
public sealed class QuizProcessorTraceTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private const string Write = "write quiz-results";
    private const string Call = "DynamoDB.BatchWriteItem";

    private readonly ActivityContext _lambda = TraceContexts.New();
    private QuizProcessorRig _rig = null!;
    private CollectorStub _collector = null!;

    public async Task InitializeAsync()
    {
        _rig = await QuizProcessorRig.CreateAsync(dynamo);
        _collector = await Collectors.StartAsync();
        Export(_collector.EnvironmentFor("quiz-processor"));
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_single_submission_is_one_trace_down_to_the_write(bool grpc)
    {
        Export(_collector.EnvironmentFor("quiz-processor", grpc));
        _rig.StartFunction();
        var sender = TraceContexts.New();

        Assert.Empty((await InvokeAsync(Delivery.OfSeed("ann").From(sender))).Failures);

        var call = await SpanAsync(Call, sender);
        var write = await SpanAsync(Write, sender);
        var process = await SpanAsync("process quiz-submissions.fifo", sender);
        var invocation = await SpanAsync("quiz-processor", _lambda);
        Assert.Equal(
            [write.SpanId, process.SpanId, Id(sender)], new[] { call, write, process }.Select(span => span.ParentSpanId));
        Assert.Equal(
            [OtlpSpanKind.Client, OtlpSpanKind.Internal, OtlpSpanKind.Consumer, OtlpSpanKind.Consumer],
            new[] { call, write, process, invocation }.Select(span => span.Kind));
        Assert.Equal(Id(_lambda), invocation.ParentSpanId);
        Assert.True(process.IsLinkedWith(invocation));
        Assert.Equal(Id(sender), Assert.Single(invocation.Links).SpanId);
        Assert.Equal("quiz-processor", invocation.Service);
        Assert.Equal(true, invocation.Attributes["faas.coldstart"]);
        Assert.Equal(_rig.Results, call.Attributes.Text("db.collection.name"));
    }

    [Fact]
    public async Task A_write_of_several_submissions_belongs_to_the_invocation_and_is_linked_with_each_of_them()
    {
        _rig.StartFunction();
        var (ann, bob) = (TraceContexts.New(), TraceContexts.New());

        Assert.Empty((await InvokeAsync(Delivery.OfSeed("ann").From(ann), Delivery.OfSeed("bob").From(bob))).Failures);

        var call = await SpanAsync(Call, _lambda);
        Assert.Equal((await SpanAsync("quiz-processor", _lambda)).SpanId, call.ParentSpanId);
        foreach (var sender in new[] { ann, bob })
        {
            var write = await SpanAsync(Write, sender);
            Assert.Equal((await SpanAsync("process quiz-submissions.fifo", sender)).SpanId, write.ParentSpanId);
            Assert.True(write.IsLinkedWith(call));
            Assert.True(call.IsLinkedWith(write));
            Assert.InRange(write.EndNanoseconds, call.EndNanoseconds, ulong.MaxValue);
        }

        // Nothing of the HTTP requests that the calls are made of, and nothing of the init phase.
        Assert.DoesNotContain(_collector.Spans, span => span.Origin.Scope is not ("QuizAspire.Functions" or "QuizAspire.Aws"));
        Assert.All(_collector.Spans, span => Assert.Contains(span.TraceId, new[] { Trace(_lambda), Trace(ann), Trace(bob) }));
    }

    [Fact]
    public async Task What_is_looked_up_for_one_submission_is_in_its_trace()
    {
        _rig.StartFunction();
        var (keyless, other, own) = (TraceContexts.New(), TraceContexts.New(), TraceContexts.New());
        var body = """{"student_id": "ann", "quiz_id": "quiz-1", "answers": {"q1": "A"}}""";

        Assert.Empty((await InvokeAsync(
            new Delivery("ann", body).From(keyless), Delivery.OfSeed("bob").From(other), Delivery.OfOwnId("eve", "A").From(own))).Failures);

        var lookup = await SpanAsync("DynamoDB.Query", keyless, orName: "DynamoDB.GetItem");
        Assert.Equal((await SpanAsync("process quiz-submissions.fifo", keyless)).SpanId, lookup.ParentSpanId);
        var put = await SpanAsync("DynamoDB.PutItem", own);
        Assert.Equal((await SpanAsync(Write, own)).SpanId, put.ParentSpanId);
        // Where messages come from is asked for those that do not tell, at once.
        var origins = await SpanAsync("DynamoDB.BatchGetItem", _lambda);
        Assert.True(origins.IsLinkedWith(await SpanAsync("process quiz-submissions.fifo", keyless)));
        Assert.True(origins.IsLinkedWith(await SpanAsync("process quiz-submissions.fifo", other)));
    }

    [Fact]
    public async Task Only_a_flush_sends_and_it_comes_before_the_answer()
    {
        // Nothing but a flush exports within the test.
        _rig.Environment["OTEL_BSP_SCHEDULE_DELAY"] = "600000";
        var function = _rig.StartFunction();

        // A flush that takes longer is left behind, so not each invocation need prove it on a busy machine.
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var sender = TraceContexts.New();
            await InvokeAsync(Delivery.OfSeed("ann").From(sender));
            await function.FreezeAsync();
            var hasCome = _collector.Spans.Any(span => span.TraceId == Trace(sender) && span.Name == Call);
            await function.ThawAsync();
            if (hasCome)
                return;
        }

        Assert.Fail("No answer came after its spans.");
    }

    [Fact]
    public async Task The_numbers_come_with_their_units_and_boundaries()
    {
        _rig.StartFunction();

        await InvokeAsync(Delivery.OfSeed("ann"), Delivery.OfSeed("bob", answer: "B"));
        await InvokeAsync(Delivery.Poison("eve"));

        var scored = await MetricAsync("quizaspire.submissions.scored", 2);
        Assert.Equal(("{submission}", OtlpInstrument.Sum), (scored.Unit, scored.Instrument));
        var scores = Assert.Single((await MetricAsync("quizaspire.score", 2)).Points);
        Assert.Equal([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100], scores.Bounds);
        Assert.Equal((1, 1), (scores.Buckets[0], scores.Buckets[10]));
        Assert.Equal("quiz-1", scores.Attributes.Text("quizaspire.quiz.id"));
        Assert.Equal("s", (await MetricAsync("quizaspire.submission.end_to_end", 2)).Unit);
        Assert.Equal("s", (await MetricAsync("faas.invoke_duration", 2)).Unit);
        await MetricAsync("quizaspire.submissions.failed", 1);
        await MetricAsync("faas.invocations", 2);
        await MetricAsync("faas.coldstarts", 1);
        await MetricAsync("messaging.process.duration", 2);
    }

    [Fact]
    public async Task Logs_are_structured_and_belong_to_their_spans()
    {
        _rig.StartFunction();
        var sender = TraceContexts.New();

        await InvokeAsync(Delivery.Poison("ann").From(sender), Delivery.OfSeed("bob"));

        var warning = await _collector.LogAsync("the failure", log => log.EventName == "WillBeRetried");
        var process = await SpanAsync("process quiz-submissions.fifo", sender);
        Assert.Equal((process.TraceId, process.SpanId), (warning.TraceId, warning.SpanId));
        Assert.Equal(13, warning.Severity);
        Assert.Equal("1", warning.Attributes.Text("Receive"));
        var batch = await _collector.LogAsync("the batch", log => log.EventName == "BatchHandled");
        Assert.Equal((await SpanAsync("quiz-processor", _lambda)).SpanId, batch.SpanId);
        Assert.Equal("2", batch.Attributes.Text("Records"));
        // One line for each batch at the level that is kept.
        Assert.Same(batch, Assert.Single(_collector.Logs, log => log.Severity == 9));
    }

    private void Export(Dictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
            _rig.Environment[name] = value;
    }

    private Task<InvocationAnswer> InvokeAsync(params Delivery[] deliveries) => _rig.Invoke(deliveries, trace: XRayTrace.Format(_lambda)).Answer;

    private Task<OtlpSpan> SpanAsync(string name, ActivityContext trace, string? orName = null) =>
        _collector.SpanAsync(name, span => span.TraceId == Trace(trace) && (span.Name == name || span.Name == orName));

    /// <summary>Waits for the metric whose count, or sum where it is a counter, is this over all of its points.</summary>
    private async Task<OtlpMetric> MetricAsync(string name, double total)
    {
        // What is left over once an export is done goes with a later invocation.
        await InvokeAsync();
        return await _collector.MetricAsync(
            name, metric => metric.Points.Sum(point => metric.Instrument == OtlpInstrument.Histogram ? point.Count : point.Value) >= total);
    }

    private static string Trace(ActivityContext context) => context.TraceId.ToHexString();

    private static string Id(ActivityContext context) => context.SpanId.ToHexString();
}
