using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Backends;

namespace QuizAspire.AppHost.Monitoring.Resources;

/// <summary>Keeps what the dashboard shows of the stack's resources up to date, once the stack is there.</summary>
internal sealed class ResourceMonitor(
    DistributedApplicationModel model, IAwsBackend aws, ResourceNotificationService notifications, TimeProvider time, ILogger<ResourceMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>Where every call is paid for.</summary>
    private static readonly TimeSpan AccountInterval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await notifications.WaitForResourceAsync(aws.Stack.Name, KnownResourceStates.Running, stoppingToken);
            ResourceSampler[] samplers = [.. model.Resources.OfType<StackChild>().Select(Sampler)];
            using var timer = new PeriodicTimer(aws.DeliversMail ? AccountInterval : Interval, time);
            do
                await Task.WhenAll(samplers.Select(sampler => sampler.SampleAsync(time, stoppingToken)));
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private ResourceSampler Sampler(StackChild child) =>
        new(child.Name, child.Reader, reading => notifications.PublishUpdateAsync(child, state => StackChild.Show(state, reading)), logger);
}
