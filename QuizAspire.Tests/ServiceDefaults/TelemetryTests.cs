using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_request_is_a_span_named_by_its_route_with_own_work_below_it()
    {
        var app = await RunningApp.StartAsync();
        using var test = StartTrace();

        (await app.Client.GetAsync(new Uri("/items/1?secret=2", UriKind.Relative))).Dispose();
        await app.DisposeAsync();

        var spans = app.Spans.Of(test.TraceId);
        var request = Assert.Single(spans, span => span.DisplayName == "GET /items/{id}");
        Assert.Equal(request.SpanId, Assert.Single(spans, span => span.DisplayName == "own work").ParentSpanId);
        Assert.Equal("GET", request.GetTagItem("http.request.method"));
        Assert.Equal("/items/1", request.GetTagItem("url.path"));
        Assert.Equal("/items/{id}", request.GetTagItem("http.route"));
        Assert.Equal(200, request.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(request.TagObjects, tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
        Assert.Equal(ActivityStatusCode.Unset, request.Status);
    }

    [Fact]
    public async Task A_request_that_fails_is_a_span_in_error_with_the_type_of_what_was_thrown()
    {
        var app = await RunningApp.StartAsync();
        using var test = StartTrace();

        using var answer = await app.Client.GetAsync(new Uri("/fails", UriKind.Relative));
        await app.DisposeAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var span = Assert.Single(app.Spans.Of(test.TraceId), span => span.DisplayName == "GET /fails");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(typeof(InvalidOperationException).FullName, span.GetTagItem("error.type"));
        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task A_request_goes_on_with_the_trace_of_its_client_and_without_its_baggage()
    {
        var app = await RunningApp.StartAsync();
        using var test = StartTrace();
        test.TraceStateString = "vendor=1";
        test.AddBaggage("name", "Xyzzy");

        (await app.Client.GetAsync(new Uri("/items/1", UriKind.Relative))).Dispose();
        await app.DisposeAsync();

        var request = Assert.Single(app.Spans.Of(test.TraceId), span => span.DisplayName == "GET /items/{id}");
        Assert.Equal("vendor=1", request.TraceStateString);
        Assert.Empty(request.Baggage);
    }

    [Fact]
    public async Task Health_requests_are_not_traced_even_when_the_caller_traces_them()
    {
        var app = await RunningApp.StartAsync();
        using var test = StartTrace();

        (await app.Client.GetAsync(new Uri("/health", UriKind.Relative))).Dispose();
        (await app.Client.GetAsync(new Uri("/alive", UriKind.Relative))).Dispose();
        (await app.Client.GetAsync(new Uri("/items/1", UriKind.Relative))).Dispose();
        await app.DisposeAsync();

        var spans = app.Spans.Of(test.TraceId);
        Assert.Contains("GET /items/{id}", spans.Select(span => span.DisplayName));
        Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        Assert.DoesNotContain("checking", spans.Select(span => span.DisplayName));
    }

    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_collector_by_the_end_of_the_process()
    {
        var received = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{signal}", (string signal) => received.Enqueue(signal));
        await collector.StartAsync();

        var app = await RunningApp.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        (await app.Client.GetAsync(new Uri("/items/1", UriKind.Relative))).Dispose();
        await app.DisposeAsync();

        Assert.Equal(["logs", "metrics", "traces"], received.Distinct().Order());
    }

    [Fact]
    public async Task A_collector_that_hangs_does_not_keep_the_process_from_ending()
    {
        await using var collector = await Collectors.StartAsync(CollectorMode.Hanging);
        var app = await RunningApp.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.GrpcEndpoint,
            ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "600000",
        });
        (await app.Client.GetAsync(new Uri("/items/1", UriKind.Relative))).Dispose();

        await app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(collector.Requests > 0);
    }

    private static Activity StartTrace() => new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
}
