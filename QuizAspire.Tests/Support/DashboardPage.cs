using Microsoft.Playwright;

namespace QuizAspire.Tests.Support;

/// <summary>The Aspire dashboard in headless Chromium, as a developer sees it.</summary>
internal sealed class DashboardPage : IAsyncDisposable
{
    private const float Patience = 60_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;
    private readonly Uri _dashboard;

    private DashboardPage(IPlaywright playwright, IBrowser browser, IPage page, Uri dashboard) =>
        (_playwright, _browser, _page, _dashboard) = (playwright, browser, page, dashboard);

    /// <summary>For what this helper has no words.</summary>
    public IPage Page => _page;

    /// <summary>Logs in and shows the Resources page.</summary>
    /// <param name="loginUrl">The URL that the application host prints, token included.</param>
    public static async Task<DashboardPage> OpenAsync(string loginUrl)
    {
        var playwright = await Playwright.CreateAsync();
        // Chromium's own sandbox needs rights that containers and root do not have; it sees nothing but this page.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserFactAttribute.Chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1600, Height = 900 }, TimezoneId = "UTC" });
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(loginUrl);
        var opened = new DashboardPage(playwright, browser, page, new Uri(loginUrl));
        await opened.Rows.First.WaitForAsync();
        return opened;
    }

    public async Task ShowResourcesAsync()
    {
        await _page.GotoAsync(new Uri(_dashboard, "/").AbsoluteUri);
        await Rows.First.WaitForAsync();
    }

    /// <summary>Waits until the Resources page shows this state, such as <c>Running</c>, which with a suffix means not healthy.</summary>
    public Task WaitForStateAsync(string resource, string state) =>
        Row(resource).Locator($"td[col-index='2'] span:text-is('{state}')").WaitForAsync();

    /// <summary>Waits until the resource's column Source, in which those of the stack say how they are, shows this.</summary>
    public Task WaitForSourceAsync(string resource, string text) =>
        Row(resource).Locator("td[col-index='4']").GetByText(text, new() { Exact = true }).WaitForAsync();

    /// <summary>Says yes to the question that a command asks before it does anything.</summary>
    public Task ConfirmAsync() => _page.Locator("fluent-dialog fluent-button[appearance='accent']").ClickAsync();

    /// <summary>The resources in the page's order, and the text of their states.</summary>
    public async Task<IReadOnlyList<(string Name, string State)>> ReadResourcesAsync()
    {
        var resources = new List<(string, string)>();
        foreach (var row in await Rows.AllAsync())
            resources.Add((await row.Locator(".resource-name-text").InnerTextAsync(), await row.Locator("td[col-index='2']").InnerTextAsync()));
        return resources;
    }

    /// <summary>Picks a command from the resource's menu on the Resources page.</summary>
    /// <param name="command">The command's display name.</param>
    public async Task RunCommandAsync(string resource, string command)
    {
        await Row(resource).GetByTitle("Actions").ClickAsync();
        await _page.GetByRole(AriaRole.Menuitem, new() { Name = command, Exact = true }).ClickAsync();
    }

    /// <summary>
    /// The same until the page says that it succeeded, from the beginning where it does not: the dashboard's menu may fail on being opened before
    /// its script is there, and takes the page with it.
    /// </summary>
    public async Task RunCommandToItsEndAsync(string resource, string command)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RunCommandAsync(resource, command);
                await _page.GetByText("succeeded").First.WaitForAsync(new() { Timeout = Patience / 3 });
                return;
            }
            catch (TimeoutException) when (attempt < 3)
            {
                await ShowResourcesAsync();
            }
        }
    }

    /// <summary>Shows the Console page of a resource, by its name in the model.</summary>
    public async Task ShowConsoleAsync(string resource)
    {
        await _page.GotoAsync(new Uri(_dashboard, $"/consolelogs/resource/{Uri.EscapeDataString(resource)}").AbsoluteUri);
        await _page.Locator(".log-overflow").WaitForAsync();
    }

    /// <summary>Waits until one of the last lines of the Console page, which are the ones it shows, holds the text.</summary>
    public Task WaitForConsoleLineAsync(string text) => _page.Locator(".console-line-row", new() { HasText = text }).Last.WaitForAsync();

    /// <summary>Waits until the page says this anywhere, such as in a notification.</summary>
    public Task WaitForTextAsync(string text) => _page.GetByText(text).First.WaitForAsync();

    /// <summary>Keeps a picture of the page under artifacts/screenshots.</summary>
    /// <returns>The path of the picture.</returns>
    public async Task<string> SaveScreenshotAsync(string root, string name)
    {
        var path = Path.Combine(root, "artifacts", "screenshots", $"{name}.png");
        await _page.ScreenshotAsync(new() { Path = path });
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private ILocator Rows => _page.Locator("tr.resource-row");

    private ILocator Row(string resource) => Rows.Filter(new() { Has = _page.Locator($".resource-name-text:text-is('{resource}')") });
}
