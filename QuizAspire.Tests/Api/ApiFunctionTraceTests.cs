using System.Text.Json;
using Amazon.SQS.Model;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Api;

/// <summary>
/// Telemetry of the API's executable in Lambda, which freezes it after each answer: it exports nothing by itself here, so what arrives was sent with an
/// answer.
/// </summary>
[Collection(UsesEmulators.Name)]
public sealed class ApiFunctionTraceTests(Emulators emulators) : IAsyncLifetime
{
    private const string Quiz = """
        { "title": "Capitals", "questions": [ { "question_id": "q1", "text": "Of France?", "choices": ["Rome", "Paris"], "correct_answer": "Paris" } ] }
        """;

    private CollectorStub _collector = null!;
    private ApiFunction _api = null!;

    public async Task InitializeAsync()
    {
        _collector = await Collectors.StartAsync();
        _api = await ApiFunction.CreateAsync(emulators);
        foreach (var (name, value) in _collector.EnvironmentFor("quiz-api"))
            _api.Environment[name] = value;
        _api.Environment["OTEL_BSP_SCHEDULE_DELAY"] = _api.Environment["OTEL_BLRP_SCHEDULE_DELAY"] = "600000";
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task Spans_of_a_request_are_sent_with_its_answer()
    {
        _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        Assert.Equal(202, (await _api.ServeAsync(Submit("s-1"))).StatusCode);

        var request = await _collector.SpanAsync("the request's span", span => span.Name == "POST /submissions");
        var send = await _collector.SpanAsync("the sending's span", span => span.Name.StartsWith("send ", StringComparison.Ordinal));
        var call = await _collector.SpanAsync("the call's span", span => span.Name == "SQS.SendMessageBatch");
        Assert.Equal((request.SpanId, send.SpanId), (send.ParentSpanId, call.ParentSpanId));
        Assert.Equal((OtlpSpanKind.Server, OtlpSpanKind.Producer, OtlpSpanKind.Client), (request.Kind, send.Kind, call.Kind));
        Assert.Equal(("http", false), (request.Attributes["faas.trigger"], request.Attributes["faas.coldstart"]));
        Assert.False(string.IsNullOrEmpty(request.Attributes.Text("faas.invocation_id")));
        var first = await _collector.SpanAsync("the first request's span", span => span.Name == "PUT /quizzes/{quiz_id}");
        Assert.Equal(true, first.Attributes["faas.coldstart"]);
        Assert.Equal("quiz-api", request.Origin.Resource.Text("faas.name"));
        var message = Assert.Single(await ReceiveAsync());
        Assert.Equal($"00-{send.TraceId}-{send.SpanId}-01", message.MessageAttributes["traceparent"].StringValue);
        Assert.Empty(_collector.Defects);
    }

    [Fact]
    public async Task A_request_is_linked_with_the_trace_of_its_invocation_and_belongs_to_its_clients()
    {
        const string Client = "4bf92f3577b34da6a3ce929d0e0e4736";
        _api.StartSandbox();

        var request = PutQuiz().WithHeader("traceparent", $"00-{Client}-00f067aa0ba902b7-01");
        await _api.ServeAsync(request, trace: "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0");

        var span = await _collector.SpanAsync("the request's span", span => span.Kind == OtlpSpanKind.Server);
        Assert.Equal((Client, "00f067aa0ba902b7"), (span.TraceId, span.ParentSpanId));
        var link = Assert.Single(span.Links);
        Assert.Equal(("5759e988bd862e3fe1be46a994272793", "53995c3f42cd8ad8"), (link.TraceId, link.SpanId));
    }

    [Fact]
    public async Task What_is_logged_of_a_request_belongs_to_its_trace()
    {
        _api.Environment["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:1";
        _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        Assert.Equal(503, (await _api.ServeAsync(Submit("s-1"))).StatusCode);

        var log = await _collector.LogAsync("the warning", log => log.Body.Contains("SendMessageBatch failed", StringComparison.Ordinal));
        var request = await _collector.SpanAsync("the request's span", span => span.Name == "POST /submissions");
        var send = await _collector.SpanAsync("the sending's span", span => span.Name.StartsWith("send ", StringComparison.Ordinal));
        Assert.Equal((request.TraceId, send.SpanId, 13), (log.TraceId, log.SpanId, log.Severity));
        Assert.Equal((OtlpStatus.Error, OtlpStatus.Error), (request.Status, send.Status));
        Assert.DoesNotContain(_collector.Logs, each => each.Body.Contains("Xyzzy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Numbers_are_sent_with_an_answer_when_their_interval_has_passed()
    {
        _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                await _api.ServeAsync(Submit("s-1"));
                return _collector.Metrics.Any(metric => metric.Name == "quizaspire.submissions.accepted");
            },
            "numbers come");

        var accepted = await _collector.MetricAsync("quizaspire.submissions.accepted");
        Assert.Equal(("QuizAspire.Api", "{submission}"), (accepted.Origin.Scope, accepted.Unit));
        Assert.Contains(accepted.Points, point => point.Attributes.Text("quizaspire.acceptance") == "new" && point.Value >= 1);
        var calls = Assert.Single((await _collector.MetricAsync("quizaspire.send.batch.size")).Points);
        Assert.Equal(Enumerable.Range(1, 10).Select(bound => (double)bound), calls.Bounds);
        Assert.Equal(calls.Count, calls.Buckets[0]); // in Lambda each is alone
        // What else .NET would count is recorded several times a call.
        var ofClient = _collector.Metrics.Select(metric => metric.Name).Where(name => name.StartsWith("http.client.", StringComparison.Ordinal));
        Assert.Equal(["http.client.request.duration"], ofClient.Distinct());
    }

    [Theory]
    [InlineData(CollectorMode.Hanging)]
    [InlineData(CollectorMode.SlowDrip)]
    [InlineData(CollectorMode.Failing)]
    internal async Task A_collector_that_does_not_do_its_work_costs_no_answer_and_holds_none_up(CollectorMode mode)
    {
        _collector.Mode = mode;
        // The exporter itself would wait for longer than anybody here does.
        _api.Environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = "600000";
        _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());

        for (var n = 0; n < 15; n++)
            Assert.Equal(202, (await _api.ServeAsync(Submit($"s-{n}"))).StatusCode);

        var accepted = 0;
        await Eventually.BecomesTrueAsync(async () => (accepted += (await ReceiveAsync()).Count) == 15, "all 15 are in the queue");
    }

    [Fact]
    public async Task Spans_are_sent_again_once_a_dead_collector_is_back()
    {
        await _collector.GoDownAsync();
        _api.StartSandbox();
        await _api.ServeAsync(PutQuiz());
        await _api.ServeAsync(Submit("s-1"));

        await _collector.ComeBackAsync();

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                await _api.ServeAsync(Submit("s-2"));
                return _collector.Spans.Any(span => span.Name == "POST /submissions");
            },
            "spans come");
    }

    private static GatewayEvent PutQuiz() => new GatewayEvent("PUT", "/quizzes/capitals").WithText(Quiz);

    private static GatewayEvent Submit(string studentId) => new GatewayEvent("POST", "/submissions")
        .WithText(JsonSerializer.Serialize(new { student_id = studentId, quiz_id = "capitals", answers = new { q1 = "Xyzzy" } }));

    private async Task<List<Message>> ReceiveAsync()
    {
        using var sqs = emulators.Sqs.CreateClient();
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_api.Resources["SqsQueueUrl"])
        {
            MaxNumberOfMessages = 10,
            MessageAttributeNames = ["All"],
            WaitTimeSeconds = 1,
        });
        foreach (var message in response.Messages ?? [])
            await sqs.DeleteMessageAsync(_api.Resources["SqsQueueUrl"], message.ReceiptHandle);
        return response.Messages ?? [];
    }
}
