using QuizAspire.AppHost;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.WholeSystem;

/// <summary>What a developer sees who opens the dashboard of the running system. The pictures stay under artifacts/screenshots.</summary>
[Collection(nameof(SharedDashboard))]
public sealed class DashboardPageTests(DashboardSystem system)
{
    [BrowserFact]
    public async Task Resources_are_listed_running_and_the_console_shows_what_a_process_says()
    {
        await using var page = await DashboardPage.OpenAsync(system.LoginUrl);

        foreach (var resource in new[] { ResourceNames.SqsSnsS3, ResourceNames.DynamoDb, ResourceNames.Stack, ResourceNames.Api })
            await page.WaitForStateAsync(resource, "Running");
        var listed = await page.ReadResourcesAsync();
        Assert.Contains(listed, resource => resource.Name.StartsWith(ResourceNames.QuizProcessor, StringComparison.Ordinal) && resource.State.StartsWith("Running", StringComparison.Ordinal));
        Assert.True(new FileInfo(await page.SaveScreenshotAsync(Repository.Root, "resources")).Length > 10_000, "the picture shows something");

        await page.ShowConsoleAsync(ResourceNames.Stack);
        await page.WaitForConsoleLineAsync("resources in");
        Assert.True(new FileInfo(await page.SaveScreenshotAsync(Repository.Root, "console")).Length > 10_000, "the picture shows something");
    }

    [BrowserFact]
    public async Task A_command_of_the_application_runs_from_the_page()
    {
        await using var page = await DashboardPage.OpenAsync(system.LoginUrl);
        await page.WaitForStateAsync(ResourceNames.Stack, "Running");

        await page.RunCommandToItsEndAsync(ResourceNames.Stack, "Provision again");
    }

    [BrowserFact]
    public async Task Queues_are_listed_under_the_stack_with_what_waits_in_them_and_a_purge_asks_first()
    {
        using var sqs = system.Sqs();
        var queue = (await sqs.GetQueueUrlAsync("statistics-completed-dlq")).QueueUrl;
        await using var page = await DashboardPage.OpenAsync(system.LoginUrl);
        await page.WaitForSourceAsync("statistics-completed-dlq", "empty");
        var listed = (await page.ReadResourcesAsync()).Select(resource => resource.Name).ToList();
        Assert.InRange(
            listed.IndexOf("statistics-completed-dlq"), listed.IndexOf(ResourceNames.Stack) + 1, listed.IndexOf(ResourceNames.DynamoDb) - 1);

        await sqs.SendMessageAsync(queue, "{}");
        await page.WaitForSourceAsync("statistics-completed-dlq", "1 visible");
        await page.RunCommandAsync("statistics-completed-dlq", "Purge");
        await page.WaitForTextAsync("Delete every message of statistics-completed-dlq, for good?");
        await page.ConfirmAsync();

        await page.WaitForSourceAsync("statistics-completed-dlq", "empty");
    }
}
