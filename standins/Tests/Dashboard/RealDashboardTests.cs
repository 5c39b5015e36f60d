using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Support;

namespace Standins.Tests.Dashboard;

/// <summary>The program that the resource service is written for decides whether it is right.</summary>
public class RealDashboardTests
{
    [Fact]
    public async Task Dashboard_connects_and_keeps_its_watch_open_without_an_error()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");
        await using var dashboard = DashboardProcess.Start(fixture);

        await dashboard.WaitUntilReadyAsync();
        // It connects when somebody first asks it for resources.
        Assert.Equal("[]", await GetTelemetryResourcesAsync(dashboard.Options));
        await Eventually.Is(() => fixture.Feed.WatcherCount == 1, "the dashboard watches the resources");

        Assert.DoesNotContain(dashboard.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Telemetry_of_a_resource_is_joined_to_it()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        await fixture.AddAsync("api");
        await using var dashboard = DashboardProcess.Start(fixture);
        await dashboard.WaitUntilReadyAsync();
        using var http = new HttpClient();

        var sent = await http.SendAsync(LogRecord(dashboard.Options, dashboard.Options.OtlpApiKey));
        Assert.Equal(System.Net.HttpStatusCode.OK, sent.StatusCode);
        var refused = await http.SendAsync(LogRecord(dashboard.Options, "another key"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);

        Assert.Contains("\"api\"", await GetTelemetryResourcesAsync(dashboard.Options), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Page_shows_resources_console_and_commands()
    {
        await using var fixture = await ResourceServiceFixture.StartAsync();
        var queue = new TestResource("queue");
        queue.Annotations.Add(Command("Purge", CommandResults.Success("3 messages deleted")));
        queue.Annotations.Add(Command("Redrive", CommandResults.Failure("There is nothing to redrive.")));
        await fixture.Notifications.PublishUpdateAsync(queue, snapshot => snapshot with { State = "Starting" });
        await fixture.Notifications.PublishUpdateAsync(new TestResource("api"), "api-x7k2m9qa", Api);
        await fixture.Notifications.PublishUpdateAsync(
            new TestResource("secret"), snapshot => snapshot with { State = "Running", IsHidden = true });
        await fixture.Notifications.PublishUpdateAsync(new TestResource("worker"), snapshot => snapshot with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Exited, KnownResourceStateStyles.Error), ExitCode = 3,
        });
        fixture.Loggers.GetLogger("api-x7k2m9qa").LogInformation("The API listens.");
        await using var dashboard = DashboardProcess.Start(fixture);
        await dashboard.WaitUntilReadyAsync();
        await using var page = await DashboardPage.OpenAsync(dashboard.Options.LoginUrl);

        await page.WaitForStateAsync("api", "Running");
        await fixture.Notifications.PublishUpdateAsync(queue, snapshot => snapshot with { State = "Running" });
        await page.WaitForStateAsync("queue", "Running");
        Assert.Equal(["api", "queue", "worker"], (await page.ReadResourcesAsync()).Select(resource => resource.Name));
        await page.SaveScreenshotAsync(Root, "standin-resources");

        await page.RunCommandAsync("queue", "Purge");
        await page.WaitForTextAsync("queue \"Purge\" succeeded");
        await page.RunCommandAsync("queue", "Redrive");
        await page.WaitForTextAsync("There is nothing to redrive.");
        await page.SaveScreenshotAsync(Root, "standin-command");

        await page.ShowConsoleAsync("api");
        await page.WaitForConsoleLineAsync("The API listens.");
        fixture.Loggers.GetLogger("api-x7k2m9qa").LogError("The API fell over.");
        await page.WaitForConsoleLineAsync("The API fell over.");
        await page.SaveScreenshotAsync(Root, "standin-console");

        Assert.DoesNotContain(dashboard.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    private static ResourceCommandAnnotation Command(string name, ExecuteCommandResult result) => new(
        name, name, _ => ResourceCommandState.Enabled, _ => Task.FromResult(result), null, null, null, "Delete", null, false);

    private static CustomResourceSnapshot Api(CustomResourceSnapshot snapshot) => snapshot with
    {
        ResourceType = KnownResourceTypes.Project,
        State = KnownResourceStates.Running,
        StartTimeStamp = new DateTime(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc),
        Urls = [new UrlSnapshot("http", "http://127.0.0.1:5080", IsInternal: false)],
        Relationships = [new RelationshipSnapshot("queue", "Reference")],
        EnvironmentVariables = [new EnvironmentVariableSnapshot("AWS_REGION", "us-west-1", IsFromSpec: true)],
        HealthReports = [new HealthReportSnapshot("api_health", HealthStatus.Healthy, "All is well.", null)],
        Properties =
        [
            new ResourcePropertySnapshot("project.path", "/src/Quiz.Api/Quiz.Api.csproj"),
            new ResourcePropertySnapshot("executable.args", ImmutableArray.Create("--token", "hidden")) { IsSensitive = true },
        ],
    };

    private static async Task<string> GetTelemetryResourcesAsync(DashboardOptions options)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("x-api-key", options.ApiKey);
        return await http.GetStringAsync($"{options.FrontendUrl}/api/telemetry/resources");
    }

    private static HttpRequestMessage LogRecord(DashboardOptions options, string key)
    {
        const string Record = """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},
             "scopeLogs":[{"logRecords":[{"timeUnixNano":"1795248000000000000","body":{"stringValue":"scored"}}]}]}]}
            """;
        var content = new StringContent(Record, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{options.OtlpHttpUrl}/v1/logs") { Content = content };
        request.Headers.Add("x-otlp-api-key", key);
        return request;
    }

    private static string Root => DashboardProcess.RepositoryRoot();
}
