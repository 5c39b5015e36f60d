using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost;

/// <summary>Tells the terminal when everything is up, how long that took, and where to look.</summary>
internal sealed class StartupReport(
    DistributedApplicationModel model, ResourceNotificationService notifications, IHostApplicationLifetime lifetime, LaunchLinks links, TimeProvider time)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = await Task.WhenAll(model.Resources.OfType<IResourceWithWaitSupport>().Select(resource => FailureOf(resource, stoppingToken)));
        // The application's end ends the waiting, before it ends this service.
        if (stoppingToken.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            return;

        var failed = failures.OfType<string>().ToArray();
        var elapsed = time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Console.WriteLine();
        Console.WriteLine(failed.Length == 0
            ? $"QuizAspire is up: everything is healthy {elapsed.TotalSeconds:0.0} s after the start."
            : $"QuizAspire is up only in part after {elapsed.TotalSeconds:0.0} s. Failed: {string.Join(", ", failed)}; the dashboard's Console page says why.");
        foreach (var (what, where) in links.All)
            Console.WriteLine($"  {what,-12} {where}");
        Console.WriteLine("Press Ctrl+C to end it.");
    }

    private async Task<string?> FailureOf(IResource resource, CancellationToken stopping)
    {
        try
        {
            await notifications.WaitForResourceHealthyAsync(resource.Name, WaitBehavior.StopOnResourceUnavailable, stopping);
            return null;
        }
        catch (DistributedApplicationException)
        {
            return resource.Name;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What a person may open, or want to know, once the system runs.</summary>
internal sealed record LaunchLinks(IReadOnlyList<(string What, string Where)> All);

internal static class StartupReportExtensions
{
    public static void AddStartupReport(this IDistributedApplicationBuilder builder, LocalPorts ports, IAwsBackend aws)
    {
        builder.Services.AddSingleton(new LaunchLinks(
        [
            ("Dashboard", $"http://127.0.0.1:{ports.Dashboard}/login?t={builder.Configuration["AppHost:BrowserToken"]}"),
            ("API", $"{ports.ApiUrl}/openapi/v1.json"),
            .. aws.DeliversMail ? [] : new[] { ("Inbox", $"{ports.ApiUrl}/notifications") },
            .. aws.Links,
        ]));
        // What waits for something that has failed fails too. With a dashboard Aspire would let it wait, and neither the start nor its
        // report would come to an end.
        builder.Services.Configure<ResourceNotificationServiceOptions>(options => options.DefaultWaitBehavior = WaitBehavior.StopOnResourceUnavailable);
        builder.Services.AddHostedService<StartupReport>();
    }
}
