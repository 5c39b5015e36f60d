using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using QuizAspire.ServiceDefaults;

namespace QuizAspire.Tests.ServiceDefaults;

/// <summary>A web application with the service defaults, a page that works and one that fails, and its finished spans kept.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private static readonly ActivitySource Source = new("QuizAspire.Tests");

    private static readonly Action<ILogger, Exception?> Worked = LoggerMessage.Define(LogLevel.Warning, new EventId(1, "Worked"), "Work was done");

    private readonly WebApplication _app;

    private RunningApp(WebApplication app, FinishedSpans spans)
    {
        _app = app;
        Spans = spans;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public FinishedSpans Spans { get; }

    public static async Task<RunningApp> StartAsync(Func<HealthCheckResult>? check = null, IDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1"; // without one nothing is traced
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            builder.Configuration[name] = value;
        }

        builder.AddServiceDefaults();
        builder.Services.AddHealthChecks().AddCheck("queue", () =>
        {
            using var own = Source.StartActivity("checking");
            return check?.Invoke() ?? HealthCheckResult.Healthy();
        });
        var spans = new FinishedSpans();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/items/{id}", (ILogger<RunningApp> log) =>
        {
            using var own = Source.StartActivity("own work");
            Worked(log, null);
            return Results.Ok();
        });
        app.MapGet("/fails", string () => throw new InvalidOperationException("for the test"));
        await app.StartAsync();
        return new RunningApp(app, spans);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

internal sealed class FinishedSpans : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    /// <summary>Every other test's spans come here too, so a test asks for those of its own trace.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    public override void OnEnd(Activity data)
    {
        // As exporters do.
        if (data.Recorded)
        {
            _spans.Enqueue(data);
        }
    }
}
