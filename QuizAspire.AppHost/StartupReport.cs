using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QuizAspire.AppHost.Aws;

namespace QuizAspire.AppHost;

/// <summary>Tells the terminal when everything is up, how long that took, and where to look.</summary>
internal sealed class StartupReport(DistributedApplicationModel model, ResourceNotificationService notifications, LaunchLinks links, TimeProvider time) : BackgroundService
{
    // Aspire.Hosting.AWS's own word for it, which nothing that waits for the stack knows as an end.
    private const string ProvisioningFailed = "Failed to Provision";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var everything = Task.WhenAll(model.Resources.OfType<IResourceWithWaitSupport>().Select(resource => FailureOf(resource, enough.Token)));
        var stack = StackFailure(enough.Token);
        var first = await Task.WhenAny(everything, stack);
        await enough.CancelAsync();
        if (stoppingToken.IsCancellationRequested)
            return;

        var elapsed = (time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds;
        var failed = (await everything).OfType<string>().ToArray();
        Console.WriteLine();
        Console.WriteLine(
            first == stack ? $"QuizAspire is not up after {elapsed:0.0} s: {ResourceNames.Stack} could not be provisioned, and what needs it waits. " +
                $"The dashboard's Console page of {ResourceNames.Stack} says why."
            : failed.Length == 0 ? $"QuizAspire is up: everything is healthy {elapsed:0.0} s after the start."
            : $"QuizAspire is up only in part after {elapsed:0.0} s. Failed: {string.Join(", ", failed)}; the dashboard's Console page says why.");
        foreach (var (what, where) in links.All)
            Console.WriteLine($"  {what,-12} {where}");
        Console.WriteLine("Press Ctrl+C to end it.");
    }

    private async Task StackFailure(CancellationToken stopping)
    {
        try
        {
            await notifications.WaitForResourceAsync(ResourceNames.Stack, change => change.Snapshot.State?.Text == ProvisioningFailed, stopping);
        }
        catch (OperationCanceledException)
        {
            // Everything else has come to an end.
        }
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
            ("API", $"http://127.0.0.1:{ports.Api}/openapi/v1.json"),
            .. aws.Links,
        ]));
        builder.Services.AddHostedService<StartupReport>();
    }
}
