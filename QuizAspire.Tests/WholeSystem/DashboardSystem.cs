using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>A running system with its dashboard, for tests that look at it and break nothing.</summary>
public sealed class DashboardSystem : QuizSystem
{
    protected override bool WithDashboard => true;

    protected override string[] Resources =>
        [.. base.Resources, ResourceNames.StatisticsCalculator, ResourceNames.ResultNotifier, ResourceNames.HealthCheck];

    /// <summary>Where a person logs in, token included.</summary>
    public string LoginUrl
    {
        get
        {
            Assert.True(App.ResourceNotifications.TryGetCurrentState("aspire-dashboard", out var dashboard), "the dashboard is a resource");
            var url = dashboard.Snapshot.Urls.First(url => url.Url.StartsWith("http", StringComparison.Ordinal)).Url;
            return url.Contains("/login", StringComparison.Ordinal)
                ? url
                : new Uri(new Uri(url), $"/login?t={Configured("AppHost:BrowserToken")}").AbsoluteUri;
        }
    }

    internal DashboardTelemetry Telemetry() => new(new Uri(LoginUrl), Configured("AppHost:DashboardApiKey")!);

    /// <summary>Posts as a browser does that has a trace of its own under way.</summary>
    /// <returns>What was accepted, and the trace that it was in.</returns>
    public async Task<(JsonObject Accepted, string TraceId)> PostTraced(string path, JsonNode? body, CancellationToken cancellation)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var response = await Api.SendAsync(request, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return ((await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!, trace);
    }
}

/// <summary>One of it for all that look at it.</summary>
[CollectionDefinition(nameof(SharedDashboard))]
public sealed class SharedDashboard : ICollectionFixture<DashboardSystem>;
