using System.Diagnostics;
using Amazon.SQS.Model;
using QuizAspire.Core.DeadLetters;
using QuizAspire.Core.Telemetry;
using QuizAspire.Tests.Api.Support;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.DeadLetters;

/// <summary>A redrive is in the trace of whoever asked for it, and the letters stay in their own.</summary>
[Collection(UsesEmulators.Name)]
public sealed class RedriveTraceTests(Emulators emulators) : IDisposable
{
    private static readonly ActivitySource Operator = new("QuizAspire.Tests.Operator");

    private readonly RecordedSpans _spans = RecordedSpans.OfOwnTraces();

    public void Dispose() => _spans.Dispose();

    [Fact]
    public async Task Chosen_letters_are_linked_and_keep_the_context_that_they_came_with()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var (first, second) = (_spans.NewClient(), _spans.NewClient());
        List<string> ids =
        [
            .. await world.SendAsync([("ada", "1")], Attributes(first)),
            .. await world.SendAsync([("bob", "2")], Attributes(second)),
            .. await world.SendAsync([("eve", "3")], new() { ["traceparent"] = Text("00-what-is-this-01") }),
        ];
        await world.DieAsync();

        using var request = Operator.StartActivity("POST /operations/dead-letters/redrive", ActivityKind.Server, _spans.NewClient())!;
        var outcome = await new ChosenRedrive(world.Sqs, TimeProvider.System).RunAsync(world.Queue, ids, null, default);

        Assert.Equal(3, outcome.Moved.Count);
        var moves = Moves(request);
        Assert.All(moves, move => Assert.Equal((request.SpanId, ActivityStatusCode.Unset), (move.ParentSpanId, move.Status)));
        Assert.Equal(
            new[] { first.SpanId, second.SpanId }.Select(span => span.ToHexString()).Order(),
            moves.SelectMany(move => move.Links).Select(link => link.Context.SpanId.ToHexString()).Order());
        var moved = (await world.TakeSourceAsync()).ToDictionary(message => message.Body);
        Assert.Equal(TraceContexts.TraceParent(first), moved["1"].MessageAttributes["traceparent"].StringValue);
        Assert.Equal(TraceContexts.TraceParent(second), moved["2"].MessageAttributes["traceparent"].StringValue);
    }

    [Fact]
    public async Task A_redrive_that_outlives_its_request_is_in_its_trace_and_its_polling_in_none()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var letter = _spans.NewClient();
        await world.SendDeadAsync(Enumerable.Range(0, 12).Select(n => ($"s{n}", "{}")), Attributes(letter));
        using var tasks = new LocalMoveTasks(world.Sqs, TimeProvider.System);
        var request = Operator.StartActivity("POST /operations/dead-letters/redrive", ActivityKind.Server, _spans.NewClient())!;
        Assert.NotNull(tasks.TryStart(world.Queue, null));
        request.Stop();

        await Eventually.BecomesTrueAsync(() => Task.FromResult(!tasks.List(world.Queue)[0].IsActive), "the task ends");

        var moves = Moves(request);
        Assert.InRange(moves.Count, 2, 12);
        Assert.All(moves, move => Assert.Equal(request.SpanId, move.ParentSpanId));
        Assert.Equal(12, moves.Sum(move => move.Links.Count(link => link.Context.SpanId == letter.SpanId)));
        Assert.Equal(12, moves.Sum(move => (int)move.GetTagItem("messaging.batch.message_count")!));
        Assert.DoesNotContain(_spans.Of(request.TraceId), span => span.DisplayName.StartsWith("SQS.Receive", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_letter_that_is_not_moved_is_an_error_that_says_why()
    {
        await using var world = await DeadLetterWorld.CreateAsync(emulators.Sqs);
        var ids = await world.SendDeadAsync([("ada", new string('x', 4_000))]);
        await world.Direct.SetQueueAttributesAsync(world.Queue.SourceUrl, new() { ["MaximumMessageSize"] = "1024" });

        using var request = Operator.StartActivity("POST /operations/dead-letters/redrive", ActivityKind.Server, _spans.NewClient())!;
        await new ChosenRedrive(world.Sqs, TimeProvider.System).RunAsync(world.Queue, ids, null, default);

        var move = Assert.Single(Moves(request));
        Assert.Equal((ActivityStatusCode.Error, "refused"), (move.Status, move.GetTagItem("error.type")));
        Assert.NotNull(move.StatusDescription);
    }

    [Theory]
    [InlineData(8, new[] { "quizaspire.origin", "traceparent" })]
    [InlineData(9, new[] { "quizaspire.origin" })]
    [InlineData(7, new[] { "quizaspire.origin", "traceparent", "tracestate" })]
    public void Where_a_letter_came_from_is_worth_more_than_its_trace(int others, string[] kept)
    {
        var letter = new Message
        {
            MessageId = "m1",
            Body = "{}",
            Attributes = new() { ["SentTimestamp"] = "1000", [TraceCarrier.AwsTraceHeader] = "Root=1-5759e988-bd862e3fe1be46a994272793" },
            MessageAttributes = Enumerable.Range(0, others).ToDictionary(n => $"a{n}", _ => Text("x")),
        };
        var context = _spans.NewClient(state: "vendor=1");
        letter.MessageAttributes["traceparent"] = Text(TraceContexts.TraceParent(context));
        if (others < 9)
            letter.MessageAttributes["tracestate"] = Text("vendor=1");

        var entry = letter.ToEntry("0", isFifo: true, Redriver.MaxBytes);

        Assert.Equal(kept, entry.MessageAttributes.Keys.Where(name => name[0] != 'a').Order());
        Assert.Equal(others, entry.MessageAttributes.Keys.Count(name => name[0] == 'a'));
        Assert.Equal("Root=1-5759e988-bd862e3fe1be46a994272793", entry.MessageSystemAttributes[TraceCarrier.AwsTraceHeader].StringValue);
    }

    private List<Activity> Moves(Activity request) =>
        [.. _spans.Of(request.TraceId).Where(span => span.DisplayName.StartsWith("redrive ", StringComparison.Ordinal))];

    private static Dictionary<string, MessageAttributeValue> Attributes(ActivityContext context) =>
        new() { ["traceparent"] = Text(TraceContexts.TraceParent(context)) };

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };
}
