using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Polly.CircuitBreaker;
using QuizAspire.Api.Notifications;
using QuizAspire.AppHost.Monitoring.Inbox;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.Tests.Api.Support;

namespace QuizAspire.Tests.Api;

/// <summary>The API's view of the inbox, over AppHost's own server.</summary>
[Collection(UsesEmulators.Name)]
public sealed class NotificationEndpointTests(Emulators emulators) : IAsyncLifetime
{
    private readonly NotificationBox _box = new();
    private MonitoringServer _server = null!;

    public async Task InitializeAsync() => _server = await ServeAsync(_box);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Newest_notification_is_first_with_all_that_it_says()
    {
        await using var api = await StartAsync();
        Tell(1);
        _box.Add(new("quiz-processing-alerts", "Alert", "Visible: 11", new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero), "newest"));

        var page = await api.GetAsync("/notifications");

        var notifications = page.GetProperty("notifications").EnumerateArray().ToArray();
        Assert.Equal(["newest", "1"], notifications.Select(one => one.GetProperty("message_id").GetString()));
        Assert.Equal(
            """{"topic":"quiz-processing-alerts","subject":"Alert","message":"Visible: 11","sent_at":"2026-11-22T05:00:00+00:00","""
            + "\"message_id\":\"newest\"}",
            Compact(notifications[0]));
        Assert.False(notifications[1].TryGetProperty("subject", out _));
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Pages_lead_from_one_to_the_next()
    {
        await using var api = await StartAsync();
        Tell(5);

        var ids = new List<string?>();
        for (var next = "/notifications?limit=2"; next is not null;)
        {
            var page = await api.GetAsync(next);
            ids.AddRange(page.GetProperty("notifications").EnumerateArray().Select(one => one.GetProperty("message_id").GetString()));
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        Assert.Equal(["5", "4", "3", "2", "1"], ids);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("page_token=", "page_token")]
    [InlineData("page_token=-1", "page_token")]
    [InlineData("page_token=0", "page_token")]
    [InlineData("page_token=1%26limit=5", "page_token")]
    [InlineData("page_token=99999999999999999999", "page_token")]
    public async Task Page_out_of_bounds_is_refused_by_its_name(string query, string field)
    {
        await using var api = await StartAsync();

        using var answer = await api.Http.GetAsync(new Uri($"/notifications?{query}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Inbox_that_is_not_there_is_a_503_that_says_when_to_come_back()
    {
        await using var api = await StartAsync();
        await _server.DisposeAsync();

        using var answer = await api.Http.GetAsync(new Uri("/notifications", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Inbox_that_is_given_up_on_is_as_one_that_is_not_there()
    {
        using var broken = new Rejecting();
        using var http = new HttpClient(broken) { BaseAddress = new Uri(_server.Address) };

        await Assert.ThrowsAsync<HttpRequestException>(() => new NotificationInbox(http).ListAsync(1, null, default));
    }

    [Fact]
    public async Task Answer_of_the_inbox_must_end_in_time_once_it_has_begun()
    {
        await using var api = await StartAsync();
        using var http = api.Services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(NotificationInbox));

        // The pipeline has ten seconds until the answer begins, and none of its limits applies from there on.
        Assert.InRange(http.Timeout, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task There_are_no_notifications_but_in_development_with_an_inbox(string environment, bool isAddressed)
    {
        await using var api = await StartAsync(environment, isAddressed);

        using var answer = await api.Http.GetAsync(new Uri("/notifications", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("before=0")]
    [InlineData("before=x")]
    public async Task Server_itself_refuses_what_is_out_of_bounds(string query)
    {
        using var http = new HttpClient();

        using var answer = await http.GetAsync($"{_server.Address}/notifications?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>As the resilience pipeline does when it has seen a server fail too often.</summary>
    private sealed class Rejecting : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new BrokenCircuitException();
    }

    private async Task<ApiWorld> StartAsync(string environment = "Development", bool isAddressed = true)
    {
        var resources = await ApiWorld.CreateResourcesAsync(emulators);
        return ApiWorld.StartOn(emulators, resources, host: builder =>
        {
            builder.UseEnvironment(environment);
            if (isAddressed)
                builder.UseSetting("Notifications:Address", _server.Address);
        });
    }

    private static async Task<MonitoringServer> ServeAsync(NotificationBox box)
    {
        var server = new MonitoringServer();
        server.Map(routes => routes.MapNotifications(box));
        await server.StartAsync(NullLoggerFactory.Instance, CancellationToken.None);
        return server;
    }

    private void Tell(int count)
    {
        for (var number = 1; number <= count; number++)
            _box.Add(new("topic", null, "text", DateTimeOffset.UnixEpoch, $"{number}"));
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
