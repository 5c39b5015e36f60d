using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace QuizAspire.Tests.Support;

/// <summary>Reads the Aspire dashboard's telemetry API, which answers in OTLP's JSON.</summary>
internal sealed class DashboardTelemetry : IDisposable
{
    // For a machine that is busy with other tests; the dashboard has a span about a second after its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;

    /// <param name="apiKey">The application's <c>AppHost:DashboardApiKey</c>.</param>
    public DashboardTelemetry(Uri dashboard, string apiKey)
    {
        _http = new HttpClient { BaseAddress = new Uri(dashboard, "/api/telemetry/") };
        _http.DefaultRequestHeaders.Add("x-api-key", apiKey);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Everything that has sent telemetry.</summary>
    public async Task<IReadOnlyList<DashboardSource>> SourcesAsync() => [.. (await _http.GetFromJsonAsync<JsonArray>("resources"))!
        .Select(one => new DashboardSource((string)one!["name"]!, (string?)one["instanceId"], (bool?)one["hasMetrics"] ?? false))];

    /// <summary>The trace, once it has what it is asked for.</summary>
    /// <param name="isComplete">May assert, and is asked again when it fails so.</param>
    public async Task<Trace> TraceAsync(string traceId, Func<Trace, bool> isComplete, string what)
    {
        var trace = new Trace([]);
        try
        {
            await Eventually.BecomesTrueAsync(async () => isComplete(trace = await ReadAsync(traceId)), what, Patience);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Assert.Fail($"{exception.Message}\nThe trace is:\n{trace}");
        }

        return trace;
    }

    /// <summary>The first trace whose root is called so, once it has what it is asked for.</summary>
    public async Task<Trace> TraceOfRootAsync(string resource, string root, Func<Trace, bool> isComplete)
    {
        Trace? found = null;
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var response = await _http.GetAsync(new Uri($"spans?resource={Uri.EscapeDataString(resource)}&limit=1000", UriKind.Relative));
            if (response.StatusCode == HttpStatusCode.NotFound)
                return false;
            var roots = Spans(await response.Content.ReadFromJsonAsync<JsonObject>()).Where(span => span.ParentId is null && span.Name == root);
            foreach (var span in roots)
                if (isComplete(found = await ReadAsync(span.TraceId)))
                    return true;
            return false;
        }, $"{resource} has a trace '{root}'", Patience);
        return found!;
    }

    /// <summary>The structured logs of a trace, as service and text.</summary>
    public async Task<IReadOnlyList<(string Service, string Text)>> LogsAsync(string traceId)
    {
        var answer = await _http.GetFromJsonAsync<JsonObject>(new Uri($"logs?traceId={traceId}&limit=1000", UriKind.Relative));
        return [.. from resource in answer!["data"]!["resourceLogs"]!.AsArray()
                   let service = Attributes(resource!["resource"])["service.name"]
                   from scope in resource["scopeLogs"]!.AsArray()
                   from record in scope!["logRecords"]!.AsArray()
                   select (service, (string?)record!["body"]?["stringValue"] ?? "")];
    }

    private async Task<Trace> ReadAsync(string traceId)
    {
        using var response = await _http.GetAsync(new Uri($"traces/{traceId}", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? new Trace([]) : new Trace([.. Spans(await response.Content.ReadFromJsonAsync<JsonObject>())]);
    }

    private static IEnumerable<TelemetrySpan> Spans(JsonNode? answer) =>
        from resource in answer!["data"]!["resourceSpans"]!.AsArray()
        let service = Attributes(resource!["resource"])["service.name"]
        from scope in resource["scopeSpans"]!.AsArray()
        from span in scope!["spans"]!.AsArray()
        select new TelemetrySpan(
            (string)span!["traceId"]!, (string)span["spanId"]!, (string?)span["parentSpanId"] is { Length: > 0 } parent ? parent : null,
            service, (string)span["name"]!, (SpanKind)(int)span["kind"]!, (int?)span["status"]?["code"] == 2,
            Attributes(span), [.. (span["links"] as JsonArray ?? []).Select(link => ((string)link!["traceId"]!, (string)link["spanId"]!))]);

    /// <summary>As texts, which is how the dashboard keeps them.</summary>
    private static Dictionary<string, string> Attributes(JsonNode? of) => (of?["attributes"] as JsonArray ?? [])
        .Select(attribute => ((string)attribute!["key"]!, attribute["value"]?.AsObject().FirstOrDefault().Value?.ToString() ?? ""))
        .GroupBy(attribute => attribute.Item1, attribute => attribute.Item2, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
}

internal sealed record DashboardSource(string Name, string? InstanceId, bool HasMetrics);

/// <summary>OTLP's numbers.</summary>
internal enum SpanKind
{
    Unspecified, Internal, Server, Client, Producer, Consumer,
}

internal sealed record TelemetrySpan(
    string TraceId, string Id, string? ParentId, string Service, string Name, SpanKind Kind, bool IsError,
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    public bool IsLinkedTo(TelemetrySpan other) => Links.Contains((other.TraceId, other.Id));

    public int? Number(string attribute) =>
        Attributes.TryGetValue(attribute, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

/// <summary>The spans of one trace, in the words of its tests.</summary>
internal sealed record Trace(IReadOnlyList<TelemetrySpan> Spans)
{
    public bool Has(string service, string name) => Spans.Any(span => span.Service == service && span.Name == name);

    /// <summary>The one span that a service has under this name.</summary>
    public TelemetrySpan One(string service, string name) => Assert.Single(Spans, span => span.Service == service && span.Name == name);

    public IEnumerable<TelemetrySpan> Under(TelemetrySpan parent) => Spans.Where(span => span.ParentId == parent.Id);

    public bool IsUnder(TelemetrySpan span, TelemetrySpan ancestor) =>
        span.ParentId == ancestor.Id || (Spans.FirstOrDefault(one => one.Id == span.ParentId) is { } parent && IsUnder(parent, ancestor));

    public override string ToString() =>
        string.Join('\n', Spans.Select(span => $"  {span.Id} under {span.ParentId ?? "-"}: {span.Kind} {span.Service} '{span.Name}'{(span.IsError ? " ERROR" : "")}"));
}
