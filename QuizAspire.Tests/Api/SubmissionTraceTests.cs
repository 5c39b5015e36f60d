using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using QuizAspire.Api.Submissions;
using QuizAspire.Core.Telemetry;
using QuizAspire.ServiceDefaults.Aws;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api;

/// <summary>What a submission leaves in its trace, and what of the trace is in the message that the queue has. Over the real wire of SQS.</summary>
[Collection(UsesEmulators.Name)]
public sealed class SubmissionTraceTests : IAsyncLifetime, IDisposable
{
    private readonly Emulators _emulators;
    private readonly RecordedSpans _spans = RecordedSpans.OfOwnTraces();
    private SqsWire _wire = null!;

    public SubmissionTraceTests(Emulators emulators)
    {
        _emulators = emulators;
        // From here on calls of every client are spans.
        RuntimeHelpers.RunClassConstructor(typeof(AwsClients).TypeHandle);
    }

    public async Task InitializeAsync() => _wire = await SqsWire.StartAsync(_emulators.Sqs.Endpoint);

    public async Task DisposeAsync() => await _wire.DisposeAsync();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task Message_has_the_context_of_its_sending_in_both_forms()
    {
        await using var api = await ApiWorld.StartAsync(_emulators, sqs: _ => _wire.Client);
        await api.PutQuizAsync("geo", "q1");
        var client = _spans.NewClient(state: "vendor=1");

        var id = await ApiWorld.AcceptedIdAsync(SubmitAsync(api, client, "s1", baggage: "secret=1"));

        var message = Assert.Single(await api.ReceiveAsync(1));
        var spans = await EndedAsync(client, "POST /submissions", "send ");
        var (request, send) = (Assert.Single(spans, span => span.ParentSpanId == client.SpanId), Send(spans));
        Assert.Equal((ActivityKind.Server, request.SpanId), (request.Kind, send.ParentSpanId));
        Assert.Equal((ActivityKind.Producer, ActivityStatusCode.Unset), (send.Kind, send.Status));
        Assert.Equal(send.SpanId, Assert.Single(spans, span => span.DisplayName == "SQS.SendMessageBatch").ParentSpanId);
        Assert.Equal(TraceContexts.TraceParent(send.Context), message.MessageAttributes["traceparent"].StringValue);
        Assert.Equal("vendor=1", message.MessageAttributes["tracestate"].StringValue);
        Assert.Equal(["traceparent", "tracestate"], message.MessageAttributes.Keys.Order());
        Assert.Equal(XRayTrace.Format(send.Context), Assert.Single(_wire.TraceHeaders).Value);
        var queue = api.Resources["SqsQueueUrl"].Split('/')[^1];
        Assert.Equal($"send {queue}", send.DisplayName);
        Assert.Equal(
            ("aws_sqs", queue, "send", "send", message.MessageId, id),
            (send.GetTagItem("messaging.system"), send.GetTagItem("messaging.destination.name"), send.GetTagItem("messaging.operation.name"),
                send.GetTagItem("messaging.operation.type"), send.GetTagItem("messaging.message.id"), send.GetTagItem("quizaspire.submission.id")));
        Assert.DoesNotContain(spans.SelectMany(span => span.TagObjects), tag => $"{tag.Value}".Contains("Xyzzy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_that_share_a_call_have_each_its_own_context_and_the_call_is_linked_with_all()
    {
        await using var api = await ApiWorld.StartAsync(_emulators, sqs: _ => _wire.Client, services: OneCallAtATime);
        await api.PutQuizAsync("geo", "q1");
        var clients = Enumerable.Range(0, 12).Select(_ => _spans.NewClient()).ToList();

        await SubmitBehindOneAsync(api, clients);

        var messages = (await api.ReceiveAsync(12)).ToDictionary(message => message.Attributes["MessageGroupId"]);
        foreach (var (client, n) in clients.Select((client, n) => (client, n)))
        {
            var send = Send(await EndedAsync(client, "send "));
            Assert.Equal(TraceContexts.TraceParent(send.Context), messages[$"s{n}"].MessageAttributes["traceparent"].StringValue);
            Assert.Equal(XRayTrace.Format(send.Context), _wire.TraceHeaders[$"s{n}"]);
            Assert.Equal(messages[$"s{n}"].MessageId, send.GetTagItem("messaging.message.id"));
        }

        var call = SharedCall();
        var sends = _spans.All.Where(span => span.Kind == ActivityKind.Producer).ToDictionary(span => span.SpanId);
        var owner = sends[call.ParentSpanId];
        var linked = call.Links.Select(link => sends[link.Context.SpanId]).ToList();
        Assert.Equal((int)call.GetTagItem("messaging.batch.message_count")! - 1, linked.Distinct().Count());
        Assert.DoesNotContain(owner, linked);
        Assert.All(linked, send => Assert.Contains(send.Links, link => link.Context.SpanId == call.SpanId));
        Assert.Empty(owner.Links);
    }

    [Fact]
    public async Task What_the_client_does_not_trace_is_traced_nowhere_and_the_message_says_so()
    {
        await using var api = await ApiWorld.StartAsync(_emulators, sqs: _ => _wire.Client);
        await api.PutQuizAsync("geo", "q1");
        var client = _spans.NewClient(isTraced: false);

        await ApiWorld.AcceptedIdAsync(SubmitAsync(api, client, "s1"));

        var message = Assert.Single(await api.ReceiveAsync(1));
        Assert.Empty(_spans.Of(client.TraceId));
        var context = TraceCarrier.Extract(name => message.MessageAttributes.GetValueOrDefault(name)?.StringValue, null)!.Value;
        Assert.Equal((client.TraceId, ActivityTraceFlags.None), (context.TraceId, context.TraceFlags));
        Assert.EndsWith("Sampled=0", _wire.TraceHeaders["s1"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_for_traced_and_untraced_messages_is_in_a_trace_that_is_kept()
    {
        await using var api = await ApiWorld.StartAsync(_emulators, sqs: _ => _wire.Client, services: OneCallAtATime);
        await api.PutQuizAsync("geo", "q1");
        var clients = Enumerable.Range(0, 11).Select(n => _spans.NewClient(isTraced: n == 5)).ToList();

        await SubmitBehindOneAsync(api, clients);

        var send = Send(await EndedAsync(clients[5], "send ", "SQS.SendMessageBatch"));
        var call = Assert.Single(_spans.Of(clients[5].TraceId), span => span.DisplayName == "SQS.SendMessageBatch");
        Assert.Equal(send.SpanId, call.ParentSpanId);
        Assert.Equal(10, call.GetTagItem("messaging.batch.message_count"));
    }

    [Fact]
    public async Task A_refused_submission_sends_nothing_and_is_no_error()
    {
        using var meters = new Meters();
        await using var api = await ApiWorld.StartAsync(_emulators, services: meters.AddTo);
        var client = _spans.NewClient();

        await ApiWorld.RefusedAsync(await SubmitAsync(api, client, "s1", quiz: "nowhere"), 404, "quiz_id");

        var spans = await EndedAsync(client, "POST /submissions");
        Assert.Equal(ActivityStatusCode.Unset, Assert.Single(spans, span => span.Kind == ActivityKind.Server).Status);
        Assert.DoesNotContain(spans, span => span.Kind == ActivityKind.Producer);
        Assert.Equal([(1, "error.type=unknown_quiz")], meters.Of("quizaspire.submissions.refused"));
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_is_an_error_of_the_sending_and_of_the_request()
    {
        using var meters = new Meters();
        await using var api = await ApiWorld.StartAsync(
            _emulators, sqs: _ => new StubSqs((_, _) => throw new AmazonSQSException("down")), services: meters.AddTo);
        await api.PutQuizAsync("geo", "q1");
        var client = _spans.NewClient();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SubmitAsync(api, client, "s1")).StatusCode);

        var send = Send(await EndedAsync(client, "send ", "POST"));
        Assert.Equal((ActivityStatusCode.Error, typeof(AmazonSQSException).FullName), (send.Status, send.GetTagItem("error.type")));
        Assert.Equal([(1, "error.type=unavailable")], meters.Of("quizaspire.submissions.refused"));
        Assert.Empty(meters.Of("quizaspire.submissions.accepted"));
    }

    [Fact]
    public async Task A_full_buffer_is_an_error_that_says_so()
    {
        using var meters = new Meters();
        await using var api = await ApiWorld.StartAsync(_emulators, sqs: _ => _wire.Client, services: services =>
        {
            OneCallAtATime(services);
            meters.AddTo(services);
            services.Configure<SenderOptions>(options => options.Capacity = 1);
        });
        await api.PutQuizAsync("geo", "q1");
        _wire.Hold();
        var sent = SubmitAsync(api, _spans.NewClient(), "s1");
        await _wire.IsCalledAsync();
        var others = Enumerable.Range(0, 2).Select(n => SubmitAsync(api, _spans.NewClient(), $"other-{n}")).ToArray();

        // One has the place, the other is told.
        var refused = await await Task.WhenAny(others);
        _wire.LetGo();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await Task.WhenAll([sent, .. others]);
        var busy = Assert.Single(_spans.All, span => span.Kind == ActivityKind.Producer && span.Status == ActivityStatusCode.Error);
        Assert.Equal("busy", busy.GetTagItem("error.type"));
        Assert.Equal([(1, "error.type=busy")], meters.Of("quizaspire.submissions.refused"));
    }

    [Fact]
    public async Task Acceptances_are_counted_as_new_and_repeated_and_calls_by_their_messages()
    {
        using var meters = new Meters();
        await using var api = await ApiWorld.StartAsync(_emulators, services: meters.AddTo);
        await api.PutQuizAsync("geo", "q1");

        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }, "k"));
        await ApiWorld.AcceptedIdAsync(api.SubmitAsync("s1", "geo", new { q1 = "a" }, "k"));
        await api.SubmitAsync("s1", "geo", new { q1 = "b" }, "k");
        await api.PostAsync("{");

        Assert.Equal(
            [(1, "quizaspire.acceptance=new"), (1, "quizaspire.acceptance=repeated")], meters.Of("quizaspire.submissions.accepted"));
        Assert.Equal([(1, "quizaspire.caught_by=acceptance")], meters.Of("quizaspire.submissions.duplicates"));
        Assert.Equal([(1, "error.type=key_reused"), (1, "error.type=invalid")], meters.Of("quizaspire.submissions.refused"));
        Assert.Equal([(1, ""), (1, "")], meters.Of("quizaspire.send.batch.size"));
    }

    private static async Task<HttpResponseMessage> SubmitAsync(
        ApiWorld api, ActivityContext client, string student, string quiz = "geo", string? baggage = null)
    {
        var json = JsonSerializer.Serialize(new { student_id = student, quiz_id = quiz, answers = new { q1 = "Xyzzy" } });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/submissions") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("traceparent", TraceContexts.TraceParent(client));
        if (client.TraceState is { } state)
            request.Headers.Add("tracestate", state);
        if (baggage is not null)
            request.Headers.Add("baggage", baggage);
        return await api.Http.SendAsync(request);
    }

    private static Activity Send(IReadOnlyList<Activity> spans) =>
        Assert.Single(spans, span => span.DisplayName.StartsWith("send ", StringComparison.Ordinal));

    // A request's span ends after its answer.
    private async Task<IReadOnlyList<Activity>> EndedAsync(ActivityContext client, params string[] names)
    {
        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(names.All(name => _spans.Of(client.TraceId).Any(span => IsNamed(span, name)))), $"{string.Join(", ", names)} end");
        return _spans.Of(client.TraceId);
    }

    // Without telemetry configured, nobody gives a request's span its name.
    private static bool IsNamed(Activity span, string name) =>
        name.StartsWith("POST", StringComparison.Ordinal) ? span.Kind == ActivityKind.Server : span.DisplayName.StartsWith(name, StringComparison.Ordinal);

    private static void OneCallAtATime(IServiceCollection services) => services.Configure<SenderOptions>(options =>
        (options.MaxBatchesInFlight, options.MaxWait, options.CallTimeout) = (1, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)));

    /// <summary>The others gather while the first one's call is under way.</summary>
    private async Task SubmitBehindOneAsync(ApiWorld api, List<ActivityContext> clients)
    {
        _wire.Hold();
        var first = SubmitAsync(api, clients[0], "s0");
        await _wire.IsCalledAsync();
        var others = clients.Skip(1).Select((client, n) => SubmitAsync(api, client, $"s{n + 1}")).ToList();
        var sender = api.Services.GetRequiredService<SubmissionSender>();
        await Eventually.BecomesTrueAsync(() => Task.FromResult(sender.Waiting == others.Count), "the others wait");
        _wire.LetGo();
        await Task.WhenAll([first, .. others]);
    }

    private Activity SharedCall() => _spans.All.Where(span => span.DisplayName == "SQS.SendMessageBatch")
        .MaxBy(span => (int)span.GetTagItem("messaging.batch.message_count")!)!;
}
