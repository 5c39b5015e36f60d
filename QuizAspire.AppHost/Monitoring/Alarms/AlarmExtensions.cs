using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Monitoring.LocalServer;
using QuizAspire.AppHost.Monitoring.Metrics;
using QuizAspire.AppHost.Monitoring.Resources;
using QuizAspire.AppHost.Monitoring.Telemetry;

namespace QuizAspire.AppHost.Monitoring.Alarms;

internal static class AlarmExtensions
{
    /// <summary>
    /// Adds every alarm of the template as a resource, evaluates those that the AWS of the run does not, and lets AppHost's web server tell what is
    /// measured for them as CloudWatch would.
    /// </summary>
    /// <param name="emulator">The Lambda emulator; null when no function runs.</param>
    public static void AddAlarms(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, LambdaEmulatorResource? emulator, MonitoringServer server)
    {
        var functions = builder.Resources.OfType<LambdaProjectResource>().Select(function => function.Name).ToHashSet(StringComparer.Ordinal);
        var alarms = aws.Plan.Alarms.Select(alarm =>
        {
            var resource = new AlarmResource(StackChildNames.For(alarm.Name, "alarm", builder.Has), alarm, aws.EvaluatesAlarm(alarm));
            return builder.AddResource(resource)
                // One that never has data here is among the dashboard's hidden resources: it would only stand between those that say something.
                .WithInitialState(resource.Initial with { IsHidden = !resource.IsElsewhere && AlarmEvaluator.WhyNever(alarm, functions) is not null })
                .WithParentRelationship(aws.Stack)
                .WithIconName("Alert")
                .ExcludeFromManifest();
        }).ToArray();

        var plan = new AlarmPlan([.. alarms.Select(alarm => alarm.Resource)], functions, emulator);
        var store = new MetricStore(plan.Retention);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddHostTelemetry();
        builder.Services.AddSingleton(plan);
        builder.Services.TryAddSingleton(aws);
        builder.Services.AddSingleton(store);
        server.Map(new CloudWatchApi(store).Map);
        builder.Services.AddHostedService<AlarmService>();
    }
}
