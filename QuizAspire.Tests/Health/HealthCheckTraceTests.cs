using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Health;

/// <summary>The scheduled function as a process, and what a collector gets of it.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class HealthCheckTraceTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private HealthCheckRig _rig = null!;
    private CollectorStub _collector = null!;

    public async Task InitializeAsync()
    {
        _rig = await HealthCheckRig.CreateAsync(sqs, dynamo);
        _collector = await Collectors.StartAsync();
        foreach (var (name, value) in _collector.EnvironmentFor("quiz-queue-health-check"))
            _rig.Environment[name] = value;
        _rig.StartFunction();
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task A_run_is_in_its_schedules_trace_down_to_the_alert()
    {
        await _rig.World.SendAsync(_rig.World.DeadLetters, HealthCheckRig.DeadLetterThreshold + 1);
        var schedule = TraceContexts.New();

        Assert.False((await _rig.Invoke(trace: XRayTrace.Format(schedule)).Answer).IsError);

        var invocation = await _collector.SpanAsync("the invocation", span => span.Name == "quiz-queue-health-check");
        Assert.Equal((schedule.TraceId.ToHexString(), schedule.SpanId.ToHexString()), (invocation.TraceId, invocation.ParentSpanId));
        Assert.Equal((OtlpSpanKind.Server, "timer"), (invocation.Kind, invocation.Attributes.Text("faas.trigger")));
        var publish = await _collector.SpanAsync("the alert", span => span.Name.StartsWith("publish ", StringComparison.Ordinal));
        Assert.Equal((OtlpSpanKind.Producer, invocation.SpanId), (publish.Kind, publish.ParentSpanId));
        Assert.Equal("aws.sns", publish.Attributes.Text("messaging.system"));
        var call = await _collector.SpanAsync("the call", span => span.Name == "SNS.Publish");
        Assert.Equal(publish.SpanId, call.ParentSpanId);
        Assert.All(_collector.Spans, span => Assert.Equal(invocation.TraceId, span.TraceId));
    }

    [Fact]
    public async Task A_run_that_fails_is_an_error_by_its_kind()
    {
        _rig.Sqs.Intercept = _ => Task.FromResult(AwsAnswer.JsonError("AccessDeniedException"));

        await _rig.FailAsync();

        var invocation = await _collector.SpanAsync("the invocation", span => span.Name == "quiz-queue-health-check");
        Assert.Equal(OtlpStatus.Error, invocation.Status);
        Assert.Equal("QuizAspire.Functions.HealthCheck.QueueCheckException", invocation.Attributes.Text("error.type"));
        Assert.True(invocation.IsRoot);
    }
}
