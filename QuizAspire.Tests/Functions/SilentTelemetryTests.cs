using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Functions;

/// <summary>What must not be told, and what a collector must not be able to do.</summary>
[Collection(UsesDynamo.Name)]
public sealed class SilentTelemetryTests(LocalDynamo dynamo) : IAsyncLifetime
{
    private const string Secret = "XYZZY";

    private QuizProcessorRig _rig = null!;
    private CollectorStub _collector = null!;

    public async Task InitializeAsync()
    {
        _rig = await QuizProcessorRig.CreateAsync(dynamo);
        _collector = await Collectors.StartAsync();
        foreach (var (name, value) in _collector.EnvironmentFor("quiz-processor"))
            _rig.Environment[name] = value;
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_is_told_holds_anything_of_an_answer()
    {
        var function = _rig.StartFunction();
        var good = Delivery.OfSeed("ann", $"{Secret}-given", $"{Secret}-correct");
        Delivery[] batch =
        [
            good,
            Delivery.OfOwnId("bob", $"{Secret}-first"),
            Delivery.OfOwnId("bob", $"{Secret}-second"),
            new("eve", $$$"""{"student_id": "eve", "quiz_id": "quiz-1", "answers": "{{{Secret}}}"}""") { Receive = 3 },
            new("ida", $$$"""{"student_id": "ida", "answers": {"{{{Secret}}}": ["{{{Secret}}}"]} }"""),
            new("joe", $"{Secret} is not JSON") { Receive = 3 },
            Delivery.OfSeed("kim", Secret + new string('x', 500_000)) with { Receive = 3 },
            Delivery.OfSeed("leo") with { Attributes = new Dictionary<string, string> { ["traceparent"] = Secret, ["baggage"] = $"answer={Secret}" } },
        ];

        Assert.NotEmpty((await _rig.Invoke(batch).Answer).Failures);
        await _collector.SpanAsync("the invocation", span => span.Name == "quiz-processor");
        await _collector.LogAsync("the batch", log => log.EventName == "BatchHandled");
        await _rig.DeliverAsync();
        await _collector.MetricAsync("quizaspire.submissions.failed");
        await function.SaysAsync("batch records=8");

        // It can be found where it is, and what is looked into holds what may be told.
        Assert.Contains(await _rig.ItemsAsync(), item => item.TryGetValue("answers", out var answers) && answers.M["q1"].S.Contains(Secret, StringComparison.Ordinal));
        var told = Exported.AllOf(_collector);
        Assert.Contains(good.SubmissionId, told);
        Assert.Contains("invalid_message", told);
        Assert.DoesNotContain(told, text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Secret, function.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(nameof(CollectorMode.Hanging))]
    [InlineData(nameof(CollectorMode.Failing))]
    [InlineData(nameof(CollectorMode.SlowDrip))]
    [InlineData(nameof(CollectorMode.EndlessBody))]
    [InlineData(nameof(CollectorMode.Closing))]
    public async Task A_collector_that_does_not_do_its_part_costs_no_result(string? mode)
    {
        if (mode is null)
            await _collector.GoDownAsync();
        else
            _collector.Mode = Enum.Parse<CollectorMode>(mode);
        var function = _rig.StartFunction();
        var deliveries = Enumerable.Range(0, 200).Select(n => Delivery.OfSeed($"s{n}").From(TraceContexts.New())).ToList();

        foreach (var batch in deliveries.Chunk(10))
            Assert.Empty(await _rig.DeliverAsync(batch));

        await _rig.AssertStoredAsync(deliveries);
        Assert.DoesNotContain("Unhandled", function.Output, StringComparison.OrdinalIgnoreCase);
        // It is told again once it does its part.
        if (mode is null)
            await _collector.ComeBackAsync();
        _collector.Mode = CollectorMode.Good;
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                Assert.Empty(await _rig.DeliverAsync(Delivery.OfSeed("late")));
                return _collector.Spans.Count > 0;
            },
            "spans come again", TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "this is no address")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes")]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES", "=,=;%zz,a=")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "\u00fc ber,=")]
    public async Task A_variable_that_makes_no_sense_costs_telemetry_at_most(string variable, string value)
    {
        _rig.Environment[variable] = value;
        _rig.StartFunction();
        var delivery = Delivery.OfSeed("ann");

        Assert.Empty(await _rig.DeliverAsync(delivery));

        await _rig.AssertStoredAsync(delivery);
    }
}
