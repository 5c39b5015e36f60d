using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class HealthEndpointsTests
{
    [Fact]
    public async Task Health_is_200_and_names_every_check_while_all_is_well()
    {
        await using var app = await RunningApp.StartAsync();

        using var answer = await app.Client.GetAsync(new Uri("/health", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        AssertJson("""{"status":"Healthy","checks":{"self":"Healthy","queue":"Healthy"}}""", await answer.Content.ReadFromJsonAsync<JsonNode>());
    }

    [Fact]
    public async Task Health_is_503_without_internals_when_a_check_fails_and_the_process_is_alive_all_the_same()
    {
        await using var app = await RunningApp.StartAsync(() => HealthCheckResult.Unhealthy(
            "no such queue at 10.0.0.7", new InvalidOperationException("secret detail"), new Dictionary<string, object> { ["host"] = "10.0.0.7" }));

        using var health = await app.Client.GetAsync(new Uri("/health", UriKind.Relative));
        using var alive = await app.Client.GetAsync(new Uri("/alive", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        AssertJson("""{"status":"Unhealthy","checks":{"self":"Healthy","queue":"Unhealthy"}}""", await health.Content.ReadFromJsonAsync<JsonNode>());
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        AssertJson("""{"status":"Healthy","checks":{"self":"Healthy"}}""", await alive.Content.ReadFromJsonAsync<JsonNode>());
    }

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
