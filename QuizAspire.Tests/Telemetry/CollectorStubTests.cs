using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Telemetry;

/// <summary>The collector of these tests against the exporter itself: what is read is what was written.</summary>
public sealed class CollectorStubTests : IDisposable
{
    private static readonly string[] Listed = ["a", "b"];

    private readonly ActivitySource _source = new($"QuizAspire.Tests.{Guid.NewGuid():N}");
    private readonly Meter _meter = new($"QuizAspire.Tests.{Guid.NewGuid():N}");
    private readonly ResourceBuilder _resource = ResourceBuilder.CreateEmpty().AddService("the tests");

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task A_span_arrives_whole(OtlpExportProtocol protocol)
    {
        await using var collector = await Collectors.StartAsync();
        var other = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).SetResourceBuilder(_resource)
            .AddOtlpExporter(exporter => Configure(exporter, collector, protocol, "v1/traces")).Build())
        {
            using var parent = _source.StartActivity("parent", ActivityKind.Server)!;
            parent.SetTag("text", "ä").SetTag("count", 3L).SetTag("share", 0.5).SetTag("is", true).SetTag("list", Listed);
            using (var child = _source.StartActivity("child", ActivityKind.Producer, default(ActivityContext), links: [new(other)])!)
            {
                child.AddEvent(new ActivityEvent("happened", tags: new() { ["why"] = "so" }));
                child.SetStatus(ActivityStatusCode.Error, "wrong");
            }
        }

        var parentSpan = await collector.SpanAsync("the parent", span => span.Name == "parent");
        var childSpan = await collector.SpanAsync("the child", span => span.Name == "child");
        Assert.Equal(("the tests", OtlpSpanKind.Server, OtlpStatus.Unset, true), (parentSpan.Service, parentSpan.Kind, parentSpan.Status, parentSpan.IsRoot));
        Assert.Equal(
            new Dictionary<string, object?> { ["text"] = "ä", ["count"] = 3L, ["share"] = 0.5, ["is"] = true, ["list"] = Listed.ToList<object?>() },
            parentSpan.Attributes);
        Assert.Equal((parentSpan.TraceId, parentSpan.SpanId), (childSpan.TraceId, childSpan.ParentSpanId));
        Assert.Equal((OtlpSpanKind.Producer, OtlpStatus.Error, "wrong"), (childSpan.Kind, childSpan.Status, childSpan.StatusMessage));
        Assert.Equal((other.TraceId.ToHexString(), other.SpanId.ToHexString()), (childSpan.Links[0].TraceId, childSpan.Links[0].SpanId));
        Assert.Equal(("happened", "so"), (childSpan.Events[0].Name, childSpan.Events[0].Attributes.Text("why")));
        Assert.True(parentSpan.StartNanoseconds <= childSpan.StartNanoseconds && childSpan.EndNanoseconds <= parentSpan.EndNanoseconds);
        Assert.Equal(_source.Name, childSpan.Origin.Scope);
        Assert.Empty(collector.Defects);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    [InlineData(OtlpExportProtocol.Grpc)]
    public async Task Metrics_and_logs_arrive_whole(OtlpExportProtocol protocol)
    {
        await using var collector = await Collectors.StartAsync();
        using (Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).SetResourceBuilder(_resource)
            .AddOtlpExporter(exporter => Configure(exporter, collector, protocol, "v1/metrics")).Build())
        using (var logging = LoggerFactory.Create(builder => builder.AddOpenTelemetry(logs => logs
            .SetResourceBuilder(_resource).AddOtlpExporter(exporter => Configure(exporter, collector, protocol, "v1/logs")))))
        {
            _meter.CreateCounter<long>("quizaspire.counted", "{thing}").Add(3, new KeyValuePair<string, object?>("kind", "good"));
            var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10] };
            var lengths = _meter.CreateHistogram("quizaspire.lengths", "s", advice: advice);
            lengths.Record(0.5);
            lengths.Record(7);
            lengths.Record(8);
#pragma warning disable CA1848 // One line, in a test.
            logging.CreateLogger("QuizAspire.Tests").LogWarning("{Count} things", 3);
#pragma warning restore CA1848
        }

        var counted = await collector.MetricAsync("quizaspire.counted");
        Assert.Equal(("{thing}", OtlpInstrument.Sum, 3.0), (counted.Unit, counted.Instrument, counted.Points[0].Value));
        Assert.Equal("good", counted.Points[0].Attributes.Text("kind"));
        var histogram = (await collector.MetricAsync("quizaspire.lengths")).Points[0];
        Assert.Equal((3L, 15.5), (histogram.Count, histogram.Value));
        Assert.Equal([1.0, 10.0], histogram.Bounds);
        Assert.Equal([1L, 2L, 0L], histogram.Buckets);
        var log = await collector.LogAsync("the warning", log => log.Severity == 13);
        Assert.Equal(3L, log.Attributes["Count"]);
        Assert.Empty(collector.Defects);
    }

    [Fact]
    public async Task A_collector_that_was_down_keeps_what_comes_after()
    {
        await using var collector = await Collectors.StartAsync();
        await collector.GoDownAsync();
        using var http = new HttpClient { BaseAddress = new Uri(collector.HttpEndpoint) };
        await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync("/v1/traces", new ByteArrayContent([])));

        await collector.ComeBackAsync();
        using var answer = await http.PostAsync("/v1/traces", new ByteArrayContent([]));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(1, collector.Requests);
    }

    private static void Configure(OtlpExporterOptions exporter, CollectorStub collector, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? new Uri(collector.GrpcEndpoint) : new Uri($"{collector.HttpEndpoint}/{path}");
    }
}
