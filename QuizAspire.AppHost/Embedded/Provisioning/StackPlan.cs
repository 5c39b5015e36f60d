using System.Text.Json.Nodes;

namespace QuizAspire.AppHost.Embedded.Provisioning;

/// <summary>The stack with every name, URL and value resolved, as it will be in the emulators; known before they run.</summary>
/// <param name="Resources">In the order in which they can be made.</param>
internal sealed record StackPlan(
    string StackName,
    EmulatorAddresses Addresses,
    IReadOnlyList<PlannedResource> Resources,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyList<PlannedFunction> Functions)
{
    public IReadOnlyList<PlannedQueue> Queues { get; } = ResourceReader.Queues(Resources);

    public IReadOnlyList<PlannedTable> Tables { get; } = ResourceReader.Tables(Resources);

    public IReadOnlyList<PlannedTopic> Topics { get; } = ResourceReader.Topics(Resources);

    public IReadOnlyList<PlannedSubscription> Subscriptions { get; } = ResourceReader.Subscriptions(Resources);

    public IReadOnlyList<PlannedSchedule> Schedules { get; } = ScheduleReader.Read(Resources);

    public IReadOnlyList<PlannedAlarm> Alarms { get; } = AlarmReader.Read(Resources);

    /// <exception cref="EmbeddedAwsException">The template has no such function.</exception>
    public PlannedFunction Function(string name) => Functions.FirstOrDefault(function => function.Name == name)
        ?? throw new EmbeddedAwsException($"The template has no function '{name}'. It has: {string.Join(", ", Functions.Select(function => function.Name))}.");
}

/// <summary>A Lambda function of the template, for AppHost to run.</summary>
internal sealed record PlannedFunction(
    string Name,
    string Arn,
    string Handler,
    TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<PlannedEventSource> EventSources)
{
    // Of OpenTelemetry's SDKs.
    private const string TelemetryPrefix = "OTEL_";

    /// <summary>
    /// What it is given on this machine: all but what sends telemetry. Aspire says where that goes here, which is the dashboard, and that no trace
    /// is left out.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> LocalEnvironment =>
        Environment.Where(variable => !variable.Key.StartsWith(TelemetryPrefix, StringComparison.Ordinal));
}

/// <summary>A queue whose messages a function is called with.</summary>
/// <param name="VisibilityTimeout">The queue's, in seconds.</param>
/// <param name="MaximumConcurrency">How many instances of the function the queue may keep busy; null where the template sets no limit.</param>
internal sealed record PlannedEventSource(
    string QueueName,
    string QueueUrl,
    string QueueArn,
    int VisibilityTimeout,
    int BatchSize,
    int? MaximumConcurrency,
    bool ReportsItemFailures,
    bool Enabled);
