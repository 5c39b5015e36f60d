using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Lambda;

/// <summary>
/// Starts an instance of a function again after it ended by itself: Lambda makes a new sandbox then. One that was stopped stays stopped.
/// </summary>
internal sealed partial class FunctionRestarter(
    ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService loggers) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // An instance that lived this long was not failing to start.
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, DateTime?> _ended = [];
    private readonly Dictionary<string, int> _failures = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            var snapshot = change.Snapshot;
            if (change.Resource is not LambdaProjectResource || snapshot.State?.Text != KnownResourceStates.Finished
                || (_ended.TryGetValue(change.ResourceId, out var last) && last == snapshot.StopTimeStamp))
                continue;
            _ended[change.ResourceId] = snapshot.StopTimeStamp;
            var failures = snapshot.StopTimeStamp - snapshot.StartTimeStamp > GoodLife ? 0 : _failures.GetValueOrDefault(change.ResourceId);
            _failures[change.ResourceId] = failures + 1;
            _ = RestartAsync(change.ResourceId, snapshot.ExitCode, failures, stoppingToken);
        }
    }

    private async Task RestartAsync(string instance, int? exitCode, int failures, CancellationToken stopping)
    {
        try
        {
            var pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures, 10)));
            LogRestart(loggers.GetLogger(instance), exitCode, pause.TotalSeconds);
            await Task.Delay(pause, stopping);
            if (notifications.TryGetCurrentState(instance, out var now) && now.Snapshot.State?.Text == KnownResourceStates.Finished)
                await commands.ExecuteCommandAsync(instance, KnownResourceCommands.StartCommand, stopping);
        }
        catch (OperationCanceledException)
        {
            // AppHost ends, and its functions with it.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The function ended by itself (exit code {ExitCode}); another instance starts in {Seconds} s")]
    private static partial void LogRestart(ILogger logger, int? exitCode, double seconds);
}
