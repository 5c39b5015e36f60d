using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.Alarms;
using QuizAspire.AppHost.Monitoring.Commands;
using QuizAspire.AppHost.Monitoring.Inbox;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Monitoring.Resources;
using QuizAspire.AppHost.Monitoring.Schedules.Hosting;

namespace QuizAspire.AppHost.Monitoring;

/// <summary>Lets the system be watched: what the stack has, as the dashboard's resources, and what an operator does, as their commands.</summary>
internal static class MonitoringExtensions
{
    public static void AddMonitoring(this IDistributedApplicationBuilder builder, IAwsBackend aws, MonitoringServer server, ProjectFolders folders)
    {
        var emulator = builder.Resources.OfType<LambdaEmulatorResource>().Single();
        builder.AddStackChildren(aws);
        builder.AddSchedules(aws, emulator);
        builder.AddAlarms(aws, emulator, server);
        builder.AddInbox(aws, server);
        builder.AddCommands(aws, folders);
    }
}
