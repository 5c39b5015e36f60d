using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Puts the dashboard into the model, says where it is when it is ready, and says so when it ends before the application does.</summary>
internal sealed partial class DashboardSubscriber(
    DashboardOptions options, DistributedApplicationOptions applicationOptions, IConfiguration configuration,
    ResourceServiceHost resourceService, ResourceNotificationService notifications, ResourceLoggerService resourceLoggers,
    IHostApplicationLifetime lifetime, ILoggerFactory loggerFactory) : IDistributedApplicationEventingSubscriber
{
    private readonly ILogger _logger = loggerFactory.CreateLogger<DistributedApplication>();

    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (executionContext.IsRunMode)
            eventing.Subscribe<BeforeStartEvent>((@event, _) => AddDashboard(@event.Model, eventing));
        return Task.CompletedTask;
    }

    private Task AddDashboard(DistributedApplicationModel model, IDistributedApplicationEventing eventing)
    {
        // The application host's build notes where it has put the dashboard; configuration may name another one.
        var path = configuration["DcpPublisher:DashboardPath"] ?? applicationOptions.Metadata("aspiredashboardpath");
        if (path is null || !File.Exists(path))
        {
            LogMissing(path ?? "");
            return Task.CompletedTask;
        }

        var dashboard = DashboardResource.Create(options, path, configuration, resourceService.GetUrlAsync);
        model.Resources.Insert(0, dashboard);
        eventing.Subscribe<ResourceReadyEvent>(dashboard, (_, _) =>
        {
            LogListening(options.FrontendUrl!);
            LogLogin(options.LoginUrl);
            return Task.CompletedTask;
        });
        _ = WatchAsync(dashboard, lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    private async Task WatchAsync(ExecutableResource dashboard, CancellationToken stopping)
    {
        var log = new DashboardLog(loggerFactory);
        Task? following = null;
        string? last = null;
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                if (!ReferenceEquals(change.Resource, dashboard))
                    continue;
                following ??= FollowAsync(change.ResourceId, log, stopping);
                var state = change.Snapshot.State?.Text;
                if (state != last && KnownResourceStates.TerminalStates.Contains(state))
                    LogEnded(DashboardExit.Explain(change.Snapshot.ExitCode, options));
                last = state;
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops, and the dashboard with it.
        }
    }

    private async Task FollowAsync(string resourceId, DashboardLog log, CancellationToken stopping)
    {
        try
        {
            await foreach (var lines in resourceLoggers.WatchAsync(resourceId).WithCancellation(stopping))
            {
                foreach (var line in lines)
                    log.Write(line.Content, line.IsErrorMessage);
            }
        }
        catch (OperationCanceledException)
        {
            // What it logs while everything around it stops is of no use to anybody.
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Now listening on: {DashboardUrl}")]
    private partial void LogListening(string dashboardUrl);

    // `dotnet watch` opens the browser when it sees exactly these words.
    [LoggerMessage(2, LogLevel.Information, "Login to the dashboard at {LoginUrl}")]
    private partial void LogLogin(string loginUrl);

    [LoggerMessage(3, LogLevel.Error, "The dashboard has ended: {Reason} The application goes on without it.")]
    private partial void LogEnded(string reason);

    [LoggerMessage(4, LogLevel.Error,
        "The dashboard is not there ('{Path}'), and the application goes on without it. Build the application host to install it.")]
    private partial void LogMissing(string path);
}
