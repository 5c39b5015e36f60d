using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Embedded.Provisioning;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>Runs a function of the stack on this machine, with the name, handler, environment and event sources that the template gives it.</summary>
internal static class FunctionExtensions
{
    // The emulator bounds an invocation as Lambda does; it is told how long each function may take.
    private const string TimeoutsVariable = "LAMBDA_FUNCTION_TIMEOUTS";

    /// <summary>Adds the function, the Lambda emulator if it is the first, and a poller for each of its queues.</summary>
    /// <exception cref="EmbeddedAwsException">The template has no such function.</exception>
    public static IResourceBuilder<LambdaProjectResource> AddFunction<TProject>(this IDistributedApplicationBuilder builder, EmbeddedAws aws, string name)
        where TProject : IProjectMetadata, new()
    {
        var planned = aws.Stack.Resource.Plan.Function(name);
        if (!builder.Resources.OfType<LambdaEmulatorResource>().Any())
            builder.AddAWSLambdaServiceEmulator(new LambdaEmulatorOptions { DisableHttpsEndpoint = true, ConfigStoragePath = "" });
        var function = builder.AddAWSLambdaFunction<TProject>(name, planned.Handler).WithAwsEndpoints(aws);
        foreach (var (variable, value) in planned.Environment)
            function.WithEnvironment(variable, value);
        function.WithReplicas(Instances(planned));
        foreach (var source in planned.EventSources.Where(source => source.Enabled))
            function.WithSQSEventSource(source.QueueUrl, new SQSEventSourceOptions
            {
                BatchSize = source.BatchSize,
                // Not said, the integration would take 30 s whatever the queue has.
                VisibilityTimeout = source.VisibilityTimeout,
            });

        // The emulator and the pollers are processes of their own, which the integration adds beside the function.
        foreach (var process in builder.Resources.OfType<ExecutableResource>().Where(process => IsFor(process, name)).ToArray())
        {
            var resource = builder.CreateResourceBuilder(process);
            if (process is LambdaEmulatorResource)
                resource.WithEnvironment(TimeoutsVariable, Timeouts(aws.Stack.Resource.Plan));
            else
                resource.WithAwsEndpoints(aws);
        }

        return function;
    }

    /// <summary>One invocation keeps about one core busy, so more instances than cores would only take memory.</summary>
    private static int Instances(PlannedFunction function) => Math.Min(
        function.EventSources.Max(source => source.MaximumConcurrency) ?? int.MaxValue,
        Environment.ProcessorCount);

    private static bool IsFor(ExecutableResource process, string function) =>
        process is LambdaEmulatorResource || process.Name.StartsWith($"SQSEventSource-{function}", StringComparison.Ordinal);

    private static string Timeouts(StackPlan plan) => string.Join(',', plan.Functions.Select(function =>
        string.Create(CultureInfo.InvariantCulture, $"{function.Name}={function.Timeout.TotalSeconds}")));
}
