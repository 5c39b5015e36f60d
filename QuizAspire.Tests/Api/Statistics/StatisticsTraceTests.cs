using System.Diagnostics;
using System.Runtime.CompilerServices;
using QuizAspire.ServiceDefaults.Aws;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Api.Statistics;

/// <summary>What a request for statistics leaves in its trace, and in the message that the calculator gets.</summary>
[Collection(UsesEmulators.Name)]
public sealed class StatisticsTraceTests : IDisposable
{
    private const string Queue = "StatisticsRequestsQueueUrl";

    private readonly Emulators _emulators;
    private readonly RecordedSpans _spans = RecordedSpans.OfOwnTraces();

    public StatisticsTraceTests(Emulators emulators)
    {
        _emulators = emulators;
        // From here on calls of every client are spans.
        RuntimeHelpers.RunClassConstructor(typeof(AwsClients).TypeHandle);
    }

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task Sheet_job_and_message_are_in_one_trace_which_goes_with_the_message()
    {
        using var meters = new Meters();
        await using var world = await SheetWorld.StartAsync(_emulators, services: meters.AddTo);
        var client = _spans.NewClient();
        world.Http.DefaultRequestHeaders.Add("traceparent", TraceContexts.TraceParent(client));

        var id = await SheetWorld.AcceptedIdAsync(world.PostJsonAsync(SheetWorld.Example));
        await world.PostJsonAsync(SheetWorld.Example);

        var message = (await world.Api.ReceiveAsync(2, Queue))[0];
        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(_spans.Of(client.TraceId).Count(span => span.Kind == ActivityKind.Server) == 2), "both requests' spans end");
        var spans = _spans.Of(client.TraceId);
        var send = Assert.Single(spans, span => message.MessageId.Equals(span.GetTagItem("messaging.message.id")));
        var request = Assert.Single(spans, span => span.SpanId == send.ParentSpanId);
        Assert.Equal((ActivityKind.Producer, ActivityKind.Server), (send.Kind, request.Kind));
        Assert.Equal($"send {world.Api.Resources[Queue].Split('/')[^1]}", send.DisplayName);
        Assert.Equal(id, send.GetTagItem("quizaspire.statistics.id"));
        Assert.Equal(TraceContexts.TraceParent(send.Context), message.MessageAttributes["traceparent"].StringValue);
        Assert.Contains(spans, span => span.DisplayName == "SQS.SendMessage" && span.ParentSpanId == send.SpanId);
        Assert.Contains(spans, span => span.DisplayName == "S3.PutObject" && span.ParentSpanId == request.SpanId);
        Assert.Contains(spans, span => span.DisplayName == "DynamoDB.PutItem" && span.ParentSpanId == request.SpanId);
        Assert.Equal([(1, "quizaspire.outcome=accepted"), (1, "quizaspire.outcome=repeated")], meters.Of("quizaspire.statistics.jobs"));
    }
}
