using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Functions;
using QuizAspire.Tests.Health;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Statistics.Functions;

/// <summary>One trace of a statistics job: from whoever asked for it, through both functions and the queue between them, to the topic's inbox.</summary>
[Collection(UsesSqsAndDynamo.Name)]
public sealed class StatisticsTraceTests(LocalSqs sqs, LocalDynamo dynamo) : IAsyncLifetime
{
    private const string Secret = "XYZZY";

    private StatisticsRig _rig = null!;
    private CollectorStub _collector = null!;

    public async Task InitializeAsync()
    {
        _rig = await StatisticsRig.CreateAsync(sqs, dynamo);
        _collector = await Collectors.StartAsync();
        Export("statistics-calculator");
        _rig.StartCalculator();
        Export("result-notifier");
        _rig.StartNotifier();
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task A_job_is_one_trace_through_both_functions_to_the_inbox()
    {
        var sender = TraceContexts.New(state: "vendor=1");
        var request = (await _rig.AddSheetAsync()).From(sender) with { Queue = "statistics-requests" };

        Assert.Empty(await _rig.CalculateAsync(request));
        Assert.Empty(await _rig.NotifyAsync((await _rig.CompletedAsync()).Select(message => message with { Queue = "statistics-completed" })));

        var told = Assert.Single(await _rig.EnvelopesAsync()).GetProperty("MessageAttributes");
        var published = TraceCarrier.Extract(name => told.GetProperty(name).GetProperty("Value").GetString(), null);
        var path = new List<OtlpSpan>
        {
            await SpanAsync("process statistics-requests"),
            await SpanAsync("send statistics-completed"),
            await SpanAsync("process statistics-completed"),
            await SpanAsync("publish quiz-statistics"),
        };
        Assert.All(path, span => Assert.Equal(sender.TraceId.ToHexString(), span.TraceId));
        Assert.All(path, span => Assert.Equal("vendor=1", span.TraceState));
        Assert.Equal([sender.SpanId.ToHexString(), .. path.Select(span => span.SpanId)],
            [.. path.Select(span => span.ParentSpanId), published!.Value.SpanId.ToHexString()]);
        Assert.Equal(
            [OtlpSpanKind.Consumer, OtlpSpanKind.Producer, OtlpSpanKind.Consumer, OtlpSpanKind.Producer], path.Select(span => span.Kind));
        Assert.Equal(
            ["statistics-calculator", "statistics-calculator", "result-notifier", "result-notifier"], path.Select(span => span.Service));

        // The calls of each step are below it, and the job can be found by its id.
        Assert.Equal(path[0].SpanId, (await SpanAsync("S3.GetObject", path[0])).ParentSpanId);
        Assert.Equal(path[0].SpanId, (await SpanAsync("S3.PutObject", path[0])).ParentSpanId);
        Assert.Equal(path[1].SpanId, (await SpanAsync("SQS.SendMessage", path[1])).ParentSpanId);
        Assert.Equal(path[3].SpanId, (await SpanAsync("SNS.Publish", path[3])).ParentSpanId);
        Assert.Equal(StatisticsRig.IdOf(request), path[0].Attributes.Text("quizaspire.statistics.id"));
        Assert.Equal(StatisticsRig.IdOf(request), path[2].Attributes.Text("quizaspire.statistics.id"));
        Assert.All([path[1], path[3]], send => Assert.NotEmpty(send.Attributes.Text("messaging.message.id")!));
    }

    [Fact]
    public async Task A_job_that_comes_again_is_counted_as_such_and_traced_again()
    {
        var sender = TraceContexts.New();
        var request = (await _rig.AddSheetAsync()).From(sender);

        Assert.Empty(await _rig.CalculateAsync(request));
        Assert.Empty(await _rig.NotifyAsync([.. await _rig.CompletedAsync()]));
        Assert.Empty(await _rig.CalculateAsync(request with { Receive = 2 }));

        await Eventually.BecomesTrueAsync(
            async () =>
            {
                // What an export leaves over goes with a later invocation.
                await _rig.NotifyAsync();
                await _rig.Calculator.Invoke(SqsEvents.Of()).Answer;
                return Jobs().SetEquals(["completed", "repeated", "told"]) && Calculations() == 2;
            },
            "all outcomes are counted, and both calculations traced");

        int Calculations() =>
            _collector.Spans.Count(span => span.Name.StartsWith("process ", StringComparison.Ordinal) && span.Service == "statistics-calculator");
    }

    [Fact]
    public async Task A_topic_that_refuses_is_an_error_of_the_publishing_and_of_the_message()
    {
        _rig.Sns.Intercept = _ => Task.FromResult(AwsAnswer.XmlError("AuthorizationError", 403));
        Assert.Empty(await _rig.CalculateAsync(await _rig.AddSheetAsync()));
        var completed = Assert.Single(await _rig.CompletedAsync());

        Assert.Equal([completed.MessageId], await _rig.NotifyAsync(completed));

        var publish = await SpanAsync("publish quiz-statistics");
        Assert.Equal((OtlpStatus.Error, "AuthorizationError"), (publish.Status, publish.Attributes.Text("error.type")));
        var process = await _collector.SpanAsync("the message", span => span.SpanId == publish.ParentSpanId);
        Assert.Equal((OtlpStatus.Error, "AuthorizationError"), (process.Status, process.Attributes.Text("error.type")));
        Assert.Equal("retried", process.Attributes.Text("quizaspire.outcome"));
    }

    [Fact]
    public async Task Nothing_of_a_sheet_is_told()
    {
        var request = await _rig.AddSheetAsync($"{Secret}-1,85,76,90\n{Secret}-2,85,{Secret},90\n\"{Secret}");

        await _rig.CalculateAsync(request);
        await _rig.NotifyAsync([.. await _rig.CompletedAsync()]);

        Assert.Contains(await _rig.InboxAsync(), told => told.Message.Contains(Secret, StringComparison.Ordinal));
        await SpanAsync("publish quiz-statistics");
        var exported = Exported.AllOf(_collector);
        Assert.Contains(StatisticsRig.IdOf(request), exported);
        Assert.DoesNotContain(exported, text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
    }

    private HashSet<string> Jobs() =>
    [
        .. _collector.Metrics.Where(metric => metric.Name == "quizaspire.statistics.jobs")
            .SelectMany(metric => metric.Points).Select(point => point.Attributes.Text("quizaspire.outcome")!),
    ];

    // The rig numbers its queues and topics.
    private Task<OtlpSpan> SpanAsync(string name, OtlpSpan? parent = null) => _collector.SpanAsync(
        name, span => span.Name.StartsWith(name, StringComparison.Ordinal) && (parent is null || span.ParentSpanId == parent.SpanId));

    private void Export(string service)
    {
        foreach (var (name, value) in _collector.EnvironmentFor(service))
            _rig.Environment[name] = value;
    }
}
