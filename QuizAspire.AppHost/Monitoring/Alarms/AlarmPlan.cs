using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Hosting;
using QuizAspire.AppHost.Monitoring.Metrics;

namespace QuizAspire.AppHost.Monitoring.Alarms;

/// <summary>The alarms of a run, and what has to be measured for them.</summary>
/// <param name="functions">The names of those that run here.</param>
/// <param name="emulator">Where functions run; null when none does.</param>
internal sealed class AlarmPlan(IReadOnlyList<AlarmResource> alarms, IReadOnlySet<string> functions, LambdaEmulatorResource? emulator)
{
    // Measurements are asked for by others too, who look at the last minutes.
    private static readonly TimeSpan LeastRetention = TimeSpan.FromHours(1);

    public IReadOnlyList<AlarmResource> Alarms => alarms;

    public IReadOnlySet<string> Functions => functions;

    /// <summary>As far back as the alarm looks that looks furthest.</summary>
    public TimeSpan Retention => alarms.Select(resource => AlarmWatch.Reach(resource.Alarm)).Append(LeastRetention).Max();

    public IReadOnlyList<IMetricSource> Sources(
        IAwsBackend aws, HttpClient http, ResourceNotificationService notifications, TimeProvider time, CancellationToken stopping)
    {
        var sources = new List<IMetricSource>();
        // An AWS that evaluates alarms itself has its own metrics, and may have its price for each question.
        if (alarms.Count == 0 || alarms.Any(resource => !resource.IsElsewhere && resource.Alarm.Namespace == MetricCatalog.Queues))
            sources.AddRange(aws.Plan.Queues.Select(queue => new QueueSource(
                queue.Name, aws.Clients.Sqs, cancellation => aws.ResolveAsync(queue.Url, cancellation),
                aws is EmbeddedAws ? new OldestMessage(http, aws.Plan.Addresses.SqsSnsS3, queue.Name, time) : null)));
        if (emulator is not null)
            sources.Add(new FunctionSource(http, AddressOf(emulator, notifications, stopping)));
        return sources;
    }

    /// <summary>None until the emulator is up for the first time, so that its start is not taken for an outage.</summary>
    private static Func<string?> AddressOf(LambdaEmulatorResource emulator, ResourceNotificationService notifications, CancellationToken stopping)
    {
        var healthy = notifications.WaitForResourceHealthyAsync(emulator.Name, WaitBehavior.WaitOnResourceUnavailable, stopping);
        return () => healthy.IsCompletedSuccessfully ? emulator.GetEndpoint("http").Url : null;
    }
}
