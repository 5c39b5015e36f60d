using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Monitoring.Telemetry;
using QuizAspire.Tests.Support;
using QuizAspire.Tests.Support.Otlp;

namespace QuizAspire.Tests.Monitoring;

/// <summary>What AppHost does itself, sent where a process of the application would send it.</summary>
public sealed partial class HostTelemetryTests
{
    private readonly string _resource = $"thing-{Guid.NewGuid():N}";
    private readonly LogLines _log = new();

    [Fact]
    public async Task Spans_and_log_records_come_under_the_resources_name_without_an_instance()
    {
        await using var collector = await Collectors.StartAsync();
        using var telemetry = Telemetry(variables => variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.HttpEndpoint);
        // Asked for before it is known where it goes.
        var thing = telemetry.Of(_resource);
        await telemetry.ReadyAsync(CancellationToken.None);

        string traceId;
        using (var span = thing.StartTrace("work", ActivityKind.Producer))
        {
            traceId = span!.TraceId.ToHexString();
            Worked(thing.Both(_log), 8);
        }

        await telemetry.StopAsync(CancellationToken.None);
        var exported = await collector.SpanAsync("the span", _ => true);
        Assert.Equal(("work", traceId, ""), (exported.Name, exported.TraceId, exported.ParentSpanId));
        Assert.Equal(_resource, exported.Origin.Service);
        Assert.False(exported.Origin.Resource.ContainsKey("service.instance.id"));
        var record = await collector.LogAsync("the record", _ => true);
        Assert.Equal((_resource, traceId), (record.Origin.Service, record.TraceId));
        Assert.Single(_log.Lines);
        Assert.Empty(collector.Metrics);
    }

    [Fact]
    public async Task Where_there_is_no_dashboard_work_is_done_and_logged_all_the_same()
    {
        using var telemetry = Telemetry(_ => { });
        var thing = telemetry.Of(_resource);
        await telemetry.ReadyAsync(CancellationToken.None);

        using (thing.StartTrace("work"))
            Worked(thing.Both(_log), 8);

        await telemetry.StopAsync(CancellationToken.None);
        Assert.Single(_log.Lines);
    }

    [Fact]
    public async Task Where_the_address_cannot_be_had_it_is_said_and_everything_else_goes_on()
    {
        using var telemetry = Telemetry(_ => throw new InvalidOperationException("no address"));
        await telemetry.ReadyAsync(CancellationToken.None);

        Assert.Contains("no address", Assert.Single(_log.Lines), StringComparison.Ordinal);
        Worked(telemetry.Of(_resource).Both(_log), 8);
        Assert.Equal(2, _log.Lines.Count());
        await telemetry.StopAsync(CancellationToken.None);
    }

    private HostTelemetry Telemetry(Action<Dictionary<string, object>> variables)
    {
        var process = new Process("apphost");
        process.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            context.EnvironmentVariables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            context.EnvironmentVariables["OTEL_SERVICE_NAME"] = "apphost";
            variables(context.EnvironmentVariables);
        }));
        return new HostTelemetry(
            process, new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), new TypedLog(_log));
    }

    [LoggerMessage(LogLevel.Information, "worked {Hours} h")]
    private static partial void Worked(ILogger logger, int hours);

    private sealed class Process(string name) : Resource(name), IResourceWithEnvironment;

    private sealed class TypedLog(ILogger log) : ILogger<HostTelemetry>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, formatter);
    }
}
