using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>Measures, evaluates and tells for as long as the application runs, from when its stack is there.</summary>
internal sealed partial class AlarmService(
    AlarmPlan plan,
    IAwsBackend aws,
    MetricStore store,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    HostTelemetry telemetry,
    TimeProvider time,
    ILogger<AlarmService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await notifications.WaitForResourceHealthyAsync(aws.Stack.Name, WaitBehavior.WaitOnResourceUnavailable, stoppingToken);
            await RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var resources = plan.Alarms.Where(alarm => !alarm.IsElsewhere).ToDictionary(resource => resource.Alarm.Name, StringComparer.Ordinal);
        var notifier = new AlarmNotifier(
            aws.Clients.Sns, aws.ResolveAsync, AlarmNotifier.Pauses, time, LogOf, alarm => telemetry.Of(resources[alarm].Name));
        var watches = resources.Values.Select(resource => resource.Alarm)
            .Select(alarm => new AlarmWatch(alarm, store, time.GetUtcNow(), AlarmEvaluator.WhyNever(alarm, plan.Functions))).ToArray();
        var runner = new AlarmRunner(watches, time, EvaluatedAsync);
        var meter = new StackMeter(telemetry.Of(aws.Stack.Name, counts: true).Meter, watches);
        var sampler = new MetricSampler(plan.Sources(aws, LocalHttp.Client, notifications, time, stopping), store, time, logger, meter.Take);

        foreach (var watch in watches)
            await ShowAsync(watch);
        await Task.WhenAll(
            EveryAsync(MetricSampler.Interval, () => sampler.SampleAsync(stopping), stopping),
            EveryAsync(AlarmRunner.Interval, runner.EvaluateDueAsync, stopping),
            notifier.RunAsync(stopping));

        async Task EvaluatedAsync(AlarmWatch watch, AlarmTransition? transition)
        {
            if (transition is not null)
            {
                // A state that nobody is told about, such as OK a minute after the start, is no event for the dashboard's telemetry.
                var log = transition.Actions.Count > 0 ? LogOf(watch.Alarm.Name) : loggers.GetLogger(resources[watch.Alarm.Name]);
                Changed(log, watch.Alarm.Name, transition.From.Text(), transition.To.Text(), transition.Reason);
                notifier.Tell(transition);
            }

            await ShowAsync(watch);
        }

        ILogger LogOf(string alarm) => telemetry.Of(resources[alarm].Name).Both(loggers.GetLogger(resources[alarm]));

        Task ShowAsync(AlarmWatch watch) =>
            notifications.PublishUpdateAsync(resources[watch.Alarm.Name], snapshot => resources[watch.Alarm.Name].Show(snapshot, watch.Status));
    }

    private async Task EveryAsync(TimeSpan interval, Func<Task> act, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await act();
            }
            // What nobody foresaw in one round must not end all later ones.
            catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
            {
                Unforeseen(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    [LoggerMessage(LogLevel.Information, "{Alarm}: {From} -> {To}. {Reason}")]
    private static partial void Changed(ILogger logger, string alarm, string from, string to, string reason);

    [LoggerMessage(LogLevel.Error, "Metrics or alarms failed for a round")]
    private static partial void Unforeseen(ILogger logger, Exception exception);
}
