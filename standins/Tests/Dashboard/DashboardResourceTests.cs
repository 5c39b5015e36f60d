using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuizAspire.Tests.Support;

namespace Standins.Tests.Dashboard;

/// <summary>The dashboard as part of an application, run by the orchestrator.</summary>
public class DashboardResourceTests
{
    [BrowserFact]
    public async Task Application_shows_itself_in_its_dashboard()
    {
        var log = new CapturedLog();
        var builder = CreateBuilder(log, DashboardProcess.Program);
        var ticker = builder.AddExecutable("ticker", "sh", ".", "-c", "echo The ticker ticks; exec sleep 600");
        builder.AddExecutable("alarm", "sleep", ".", "600").WithParentRelationship(ticker);
        await using var application = builder.Build();
        await application.StartAsync();

        var url = await LoginUrlAsync(application);
        await log.WaitForAsync($"Login to the dashboard at {url}");
        await using var page = await DashboardPage.OpenAsync(url);
        await page.WaitForStateAsync("ticker", "Running");
        await page.WaitForStateAsync("alarm", "Running");
        // The child comes below its parent and not in the order of the alphabet.
        Assert.Equal(["ticker", "alarm"], (await page.ReadResourcesAsync()).Select(resource => resource.Name));
        await page.SaveScreenshotAsync(DashboardProcess.RepositoryRoot(), "standin-application");
        await page.ShowConsoleAsync("ticker");
        await page.WaitForConsoleLineAsync("The ticker ticks");
        await page.ShowResourcesAsync();
        await page.RunCommandAsync("ticker", "Stop");
        await page.WaitForStateAsync("ticker", "Finished");

        await application.StopAsync();
        Assert.DoesNotContain(log.Lines, line => line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dashboard_that_ends_is_told_once_and_the_application_goes_on()
    {
        var log = new CapturedLog();
        var builder = CreateBuilder(log, DashboardProcess.Program);
        builder.AddExecutable("ticker", "sh", ".", "-c", "exec sleep 600");
        await using var application = builder.Build();
        await application.StartAsync();
        var dashboard = await application.ResourceNotifications.WaitForResourceHealthyAsync(DashboardResource.Name);
        Assert.Empty(dashboard.Snapshot.Commands);
        Assert.True(dashboard.Snapshot.IsHidden);

        var pid = (int)dashboard.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;
        using (var process = Process.GetProcessById(pid))
            process.Kill();

        await log.WaitForAsync("The dashboard has ended");
        Assert.Single(log.Lines, line => line.Contains("The dashboard has ended", StringComparison.Ordinal));
        Assert.True(application.ResourceNotifications.TryGetCurrentState("ticker", out var ticker));
        Assert.Equal(KnownResourceStates.Running, ticker.Snapshot.State?.Text);
    }

    [Fact]
    public async Task Taken_port_is_told_with_the_setting_that_changes_it()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var log = new CapturedLog();
        var builder = CreateBuilder(log, DashboardProcess.Program);
        builder.Configuration["ASPNETCORE_URLS"] = $"http://{other.LocalEndpoint}";
        await using var application = builder.Build();
        await application.StartAsync();

        await log.WaitForAsync("The dashboard has ended: one of its ports is taken");
        var line = log.Lines.First(line => line.Contains("has ended", StringComparison.Ordinal));
        Assert.Contains($"http://{other.LocalEndpoint}", line, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_dashboard_is_told_and_the_application_starts_without_it()
    {
        var log = new CapturedLog();
        await using var application = CreateBuilder(log, "/nowhere/aspire-managed").Build();
        await application.StartAsync();

        await log.WaitForAsync("/nowhere/aspire-managed");
        Assert.DoesNotContain(
            application.Services.GetRequiredService<DistributedApplicationModel>().Resources, resource => resource.Name == DashboardResource.Name);
    }

    /// <summary>As an AppHost program gets it from the real package too.</summary>
    private static async Task<string> LoginUrlAsync(DistributedApplication application)
    {
        var dashboard = await application.ResourceNotifications.WaitForResourceHealthyAsync(DashboardResource.Name)
            .WaitAsync(TimeSpan.FromSeconds(60));
        return dashboard.Snapshot.Urls.First(url => url.Name is "http" or "https").Url;
    }

    private static IDistributedApplicationBuilder CreateBuilder(CapturedLog log, string dashboard)
    {
        var builder = DistributedApplication.CreateBuilder(
            [$"--DcpPublisher:CliPath={DashboardProcess.Bundled("dcp/dcp")}", $"--DcpPublisher:DashboardPath={dashboard}"]);
        builder.Services.AddSingleton<ILoggerProvider>(log);
        return builder;
    }
}
