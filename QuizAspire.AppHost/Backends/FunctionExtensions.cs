using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Backends;

/// <summary>Runs a function of the stack on this machine, with the name, handler, environment and event sources that the template gives it.</summary>
internal static class FunctionExtensions
{
    // The emulator bounds an invocation as Lambda does; it is told how long each function may take.
    private const string TimeoutsVariable = "LAMBDA_FUNCTION_TIMEOUTS";

    /// <summary>Adds the function, the Lambda emulator if it is the first, and a poller for each of its queues.</summary>
    /// <param name="mostInstances">For a function that has little to do here: each instance takes memory, and a part of the start.</param>
    /// <exception cref="LaunchException">
    /// The template has no such function, or a source of it that would behave otherwise here than on AWS.
    /// </exception>
    public static IResourceBuilder<LambdaProjectResource> AddFunction<TProject>(
        this IDistributedApplicationBuilder builder, IAwsBackend aws, string name, int mostInstances = int.MaxValue)
        where TProject : IProjectMetadata, new()
    {
        var planned = aws.Plan.Function(name);
        RequireItemFailures(planned);
        var emulator = Emulator(builder, aws.Plan);
        // A runtime that finds no Runtime API ends at once, and the integration neither checks nor waits for it.
        var function = builder.AddAWSLambdaFunction<TProject>(name, planned.Handler).WithAws(aws).WaitFor(emulator);
        aws.GiveEnvironment(function, planned);
        function.WithReplicas(Math.Min(Instances(planned), mostInstances));

        // The pollers are processes of their own, which the integration adds beside the function.
        var before = builder.Resources.ToHashSet();
        foreach (var source in planned.EventSources.Where(source => source.Enabled))
            aws.AddEventSource(function, source, new SQSEventSourceOptions
            {
                BatchSize = source.BatchSize,
                // Not said, the integration would take 30 s whatever the queue has.
                VisibilityTimeout = source.VisibilityTimeout,
            });
        foreach (var poller in builder.Resources.OfType<ExecutableResource>().Where(process => !before.Contains(process)).ToArray())
            builder.CreateResourceBuilder(poller).WithAws(aws).WaitFor(emulator);

        return function;
    }

    /// <summary>The poller here keeps the items that a function names and deletes the rest; AWS, not told to, would delete them all.</summary>
    private static void RequireItemFailures(PlannedFunction function)
    {
        foreach (var source in function.EventSources.Where(source => source.Enabled && !source.ReportsItemFailures))
            throw new LaunchException(
                $"The template's event source {source.QueueName} of {function.Name} needs FunctionResponseTypes with ReportBatchItemFailures: " +
                "AWS would ignore what the function answers about single messages, and the poller here would not.");
    }

    /// <summary>
    /// One invocation keeps about one core busy, so more instances than cores would only take memory. A function that no queue calls is
    /// called now and then, by a schedule or a person.
    /// </summary>
    internal static int Instances(PlannedFunction function) => function.EventSources is []
        ? 1
        : Math.Min(function.EventSources.Max(source => source.MaximumConcurrency) ?? int.MaxValue, Environment.ProcessorCount);

    private static IResourceBuilder<LambdaEmulatorResource> Emulator(IDistributedApplicationBuilder builder, StackPlan plan) =>
        builder.Resources.OfType<LambdaEmulatorResource>().FirstOrDefault() is { } present
            ? builder.CreateResourceBuilder(present)
            : builder.AddAWSLambdaServiceEmulator(new LambdaEmulatorOptions { DisableHttpsEndpoint = true, ConfigStoragePath = "" })
                .WithHttpHealthCheck("/lambda-runtime-api/healthcheck", endpointName: "http")
                .WithEnvironment(TimeoutsVariable, Timeouts(plan));

    private static string Timeouts(StackPlan plan) => string.Join(',', plan.Functions.Select(function =>
        string.Create(CultureInfo.InvariantCulture, $"{function.Name}={function.Timeout.TotalSeconds}")));
}
