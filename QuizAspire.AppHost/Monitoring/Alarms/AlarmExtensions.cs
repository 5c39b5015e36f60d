using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

internal static class AlarmExtensions
{
    /// <summary>
    /// Adds every alarm of the template as a resource, evaluates those that the AWS of the run does not, and lets AppHost's web server tell what is
    /// measured for them as CloudWatch would.
    /// </summary>
    /// <param name="emulator">The Lambda emulator; null when no function runs.</param>
    public static IReadOnlyList<IResourceBuilder<AlarmResource>> AddAlarms(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, LambdaEmulatorResource? emulator, MonitoringServer server)
    {
        var alarms = aws.Plan.Alarms.Select(alarm =>
        {
            var resource = new AlarmResource(ResourceNameOf(alarm.Name), alarm, aws.EvaluatesAlarm(alarm));
            return builder.AddResource(resource)
                .WithInitialState(resource.Initial)
                .WithParentRelationship(aws.Stack)
                .WithIconName("Alert")
                .ExcludeFromManifest();
        }).ToArray();

        var plan = new AlarmPlan([.. alarms.Select(alarm => alarm.Resource)], emulator);
        var store = new MetricStore(plan.Retention);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(plan);
        builder.Services.TryAddSingleton(aws);
        builder.Services.AddSingleton(store);
        server.Map(new CloudWatchApi(store).Map);
        builder.Services.AddHostedService<AlarmService>();
        return alarms;
    }

    /// <summary>A resource may have letters, digits and single hyphens in its name, at most 64.</summary>
    internal static string ResourceNameOf(string alarm)
    {
        var name = string.Join('-', new string([.. alarm.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]))
            name = $"alarm-{name}";
        return (name.Length <= 64 ? name : name[..64]).TrimEnd('-');
    }
}
