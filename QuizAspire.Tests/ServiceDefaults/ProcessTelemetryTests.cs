using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using QuizAspire.ServiceDefaults.Telemetry;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class ProcessTelemetryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Action<ILogger, string, Exception?> Worked =
        LoggerMessage.Define<string>(LogLevel.Information, new EventId(1, "Worked"), "Worked for {Student}");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_flush_sends_spans_logs_and_numbers_of_the_process_and_waits_for_the_collector_to_have_them(bool grpc)
    {
        await using var collector = await Collectors.StartAsync();
        using var source = new TelemetrySource();
        await using var telemetry = Start(collector, source, grpc);

        using (var work = source.Spans.StartActivity("work"))
            Worked(telemetry.Logs.CreateLogger("Category"), "s1", null);
        source.Count.Add(3);
        await telemetry.FlushAsync(Patience);

        var span = Assert.Single(collector.Spans);
        Assert.Equal(("work", "function", "instance-1"), (span.Name, span.Service, span.Origin.Resource.Text("service.instance.id")));
        var log = Assert.Single(collector.Logs);
        Assert.Equal(("Worked for s1", "Category", span.TraceId, span.SpanId), (log.Body, log.Origin.Scope, log.TraceId, log.SpanId));
        Assert.Equal("s1", log.Attributes.Text("Student"));
        Assert.Equal(3, Assert.Single(collector.Metrics, metric => metric.Name == "work.count").Points.Single().Value);
        Assert.Empty(collector.Defects);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_built()
    {
        using var source = new TelemetrySource();
        await using var telemetry = ProcessTelemetry.Start(new TelemetryTarget { Variables = _ => null, Sources = [source.Name] });

        Assert.False(telemetry.IsOn);
        Assert.Null(source.Spans.StartActivity("work"));
        Assert.False(source.Count.Enabled);
        Assert.False(telemetry.Logs.CreateLogger("Category").IsEnabled(LogLevel.Critical));
        await telemetry.FlushAsync(Patience);
    }

    [Fact]
    public async Task A_signal_has_a_place_of_its_own_and_one_without_is_not_exported()
    {
        await using var collector = await Collectors.StartAsync();
        using var source = new TelemetrySource();
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = collector.HttpEndpoint + "/v1/traces",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await using (var telemetry = Start(source, variables))
        {
            source.Spans.StartActivity("work")?.Dispose();
            source.Count.Add(1);
            Worked(telemetry.Logs.CreateLogger("Category"), "s1", null);
        }

        Assert.Single(collector.Spans);
        Assert.Empty(collector.Metrics);
        Assert.Empty(collector.Logs);
    }

    [Fact]
    public async Task Numbers_are_not_sent_with_each_flush_but_when_their_interval_has_passed_and_at_the_end()
    {
        await using var collector = await Collectors.StartAsync();
        using var source = new TelemetrySource();
        var variables = collector.EnvironmentFor("function");
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";
        await using (var telemetry = Start(source, variables))
        {
            for (var invocation = 1; invocation <= 3; invocation++)
            {
                source.Count.Add(1);
                await telemetry.FlushAsync(Patience);
            }

            Assert.Equal([1], CountsOf(collector));
        }

        Assert.Equal([1, 3], CountsOf(collector));
    }

    [Theory]
    [InlineData("delta", new double[] { 1, 2 })]
    [InlineData("cumulative", new double[] { 1, 3 })]
    [InlineData(null, new double[] { 1, 3 })]
    public async Task Counts_are_sent_as_what_has_come_since_the_last_time_where_the_variables_prefer_that(string? preference, double[] sent)
    {
        await using var collector = await Collectors.StartAsync();
        using var source = new TelemetrySource();
        var variables = collector.EnvironmentFor("function");
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";
        if (preference is not null)
            variables["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = preference;
        await using (var telemetry = Start(source, variables))
        {
            source.Count.Add(1);
            await telemetry.FlushAsync(Patience);
            source.Count.Add(2);
        }

        Assert.Equal(sent, CountsOf(collector));
    }

    [Fact]
    public async Task The_sampler_is_the_one_that_the_variables_name()
    {
        await using var collector = await Collectors.StartAsync();
        using var source = new TelemetrySource();
        var variables = collector.EnvironmentFor("function");
        variables["OTEL_TRACES_SAMPLER"] = "always_off";
        await using (var telemetry = Start(source, variables))
            source.Spans.StartActivity("work")?.Dispose();

        Assert.Empty(collector.Spans);
    }

    [Fact]
    public async Task Headers_reach_the_collector_decoded_and_those_that_are_none_hurt_nobody()
    {
        var received = new TaskCompletionSource<IHeaderDictionary>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.Run(http =>
        {
            received.TrySetResult(new HeaderDictionary(http.Request.Headers.ToDictionary()));
            return Task.CompletedTask;
        });
        await collector.StartAsync();
        using var source = new TelemetrySource();
        var variables = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-key=a%2Cb%20c, nonsense,=x,two words=1,x-other=1,x-other=2,x-bad=1%0D%0Ax-injected: 2",
        };
        await using (Start(source, variables))
            source.Spans.StartActivity("work")?.Dispose();

        var headers = await received.Task.WaitAsync(Patience);
        Assert.Equal("a,b c", headers["x-key"]);
        Assert.Equal(["1", "2"], headers["x-other"].SelectMany(value => value!.Split(", ")));
        Assert.False(headers.ContainsKey("x-injected"));
    }

    [Fact]
    public async Task Two_in_one_process_keep_to_their_own_sources()
    {
        await using var collector = await Collectors.StartAsync();
        using var first = new TelemetrySource();
        using var second = new TelemetrySource();
        await using (var one = Start(first, collector.EnvironmentFor("one")))
        await using (var two = Start(second, collector.EnvironmentFor("two")))
        {
            first.Spans.StartActivity("first")?.Dispose();
            second.Spans.StartActivity("second")?.Dispose();
        }

        Assert.Equal(["one first", "two second"], collector.Spans.Select(span => $"{span.Service} {span.Name}").Order());
    }

    private static IEnumerable<double> CountsOf(CollectorStub collector) =>
        collector.Metrics.Where(metric => metric.Name == "work.count").Select(metric => metric.Points.Single().Value);

    private static ProcessTelemetry Start(CollectorStub collector, TelemetrySource source, bool grpc)
    {
        var variables = collector.EnvironmentFor("function", grpc);
        variables["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=instance-1";
        // Only a flush sends anything.
        variables["OTEL_BSP_SCHEDULE_DELAY"] = variables["OTEL_BLRP_SCHEDULE_DELAY"] = variables["OTEL_METRIC_EXPORT_INTERVAL"] = "600000";
        return Start(source, variables);
    }

    private static ProcessTelemetry Start(TelemetrySource source, Dictionary<string, string> variables) => ProcessTelemetry.Start(
        new TelemetryTarget { Variables = variables.GetValueOrDefault, Sources = [source.Name], IncludesRuntime = false });
}

/// <summary>An activity source and a meter of one test's own.</summary>
internal sealed class TelemetrySource : IDisposable
{
    private readonly Meter _meter;

    public TelemetrySource()
    {
        Spans = new ActivitySource(Name);
        _meter = new Meter(Name);
        Count = _meter.CreateCounter<long>("work.count");
    }

    public string Name { get; } = "Test." + Guid.NewGuid();

    public ActivitySource Spans { get; }

    public Counter<long> Count { get; }

    public void Dispose()
    {
        Spans.Dispose();
        _meter.Dispose();
    }
}
