using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.AppHost.Embedded.Hosting;

/// <summary>Puts the embedded AWS into an application.</summary>
internal static class EmbeddedAwsExtensions
{
    private const string ProvisionCommand = "provision";

    /// <summary>The emulators are healthy before the first attempt, so only a start in trouble takes that long.</summary>
    private static readonly TimeSpan ProvisioningLimit = TimeSpan.FromSeconds(30);

    /// <param name="plan">The stack, planned for the ports that the emulators are to have.</param>
    /// <param name="toolsDirectory">Where the emulators' launchers are, <c>tools/</c> of the repository.</param>
    /// <param name="dataDirectory">Where the emulators keep their data between runs; null for memory.</param>
    /// <param name="cloudWatch">Where AppHost itself answers for CloudWatch, of which there is no emulator.</param>
    /// <param name="scratchDirectory">Where the objects of buckets are that are not kept; null for the system's directory of temporary files.</param>
    /// <exception cref="EmbeddedAwsException">There is no Node to run the emulators.</exception>
    public static EmbeddedAws AddEmbeddedAws(
        this IDistributedApplicationBuilder builder, StackPlan plan, string toolsDirectory, string? dataDirectory, string cloudWatch,
        string? scratchDirectory = null)
    {
        var node = NodeLocator.Find(toolsDirectory);
        var sqsSnsS3 = Emulator(ResourceNames.SqsSnsS3, "fauxqs.mjs", plan.Addresses.SqsSnsS3Port);
        var dynamoDb = Emulator(ResourceNames.DynamoDb, "dynalite.mjs", plan.Addresses.DynamoDbPort);
        return new EmbeddedAws(sqsSnsS3, dynamoDb, builder.AddStack(plan, dataDirectory, sqsSnsS3, dynamoDb), cloudWatch);

        IResourceBuilder<ExecutableResource> Emulator(string name, string launcher, int port) => builder
            // node:sqlite, in which fauxqs keeps its data, still announces itself as an experiment.
            .AddExecutable(name, node, toolsDirectory, "--disable-warning=ExperimentalWarning", launcher)
            .WithEnvironment("EMULATOR_PORT", port.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("EMULATOR_DATA_DIRECTORY", dataDirectory is null ? "" : Path.Combine(dataDirectory, name))
            .WithEnvironment("EMULATOR_SCRATCH_DIRECTORY", scratchDirectory ?? "")
            .WithEnvironment("EMULATOR_ACCOUNT_ID", PseudoParameters.AccountId)
            .WithEnvironment("AWS_REGION", PseudoParameters.Region)
            // Queue URLs hold the emulator's own port, so no proxy may stand before it.
            .WithHttpEndpoint(port: port, targetPort: port, name: "http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .ExcludeFromManifest();
    }

    private static IResourceBuilder<StackResource> AddStack(
        this IDistributedApplicationBuilder builder, StackPlan plan, string? dataDirectory, params IResourceBuilder<ExecutableResource>[] emulators)
    {
        var resource = new StackResource(ResourceNames.Stack, plan, dataDirectory);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<StackLifecycle>(services, resource, ProvisioningLimit));
        var stack = builder.AddResource(resource)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "CloudFormation stack",
                Properties = StackLifecycle.Properties(plan),
                State = KnownResourceStates.NotStarted,
            })
            .WithIconName("Stack")
            .ExcludeFromManifest()
            .OnInitializeResource((_, started, _) =>
            {
                // It outlives the event: its first act is to wait for the emulators.
                _ = started.Services.GetRequiredService<StackLifecycle>().StartAsync();
                return Task.CompletedTask;
            })
            .WithCommand(ProvisionCommand, "Provision again", ProvisionAgainAsync, new CommandOptions
            {
                Description = "Makes what is missing in the emulators. What is there keeps its data.",
                IconName = "ArrowSync",
                IsHighlighted = true,
            });
        foreach (var emulator in emulators)
        {
            stack.WaitFor(emulator);
            emulator.OnResourceReady((_, ready, cancellation) =>
                ready.Services.GetRequiredService<StackLifecycle>().EmulatorReadyAsync(cancellation));
        }

        return stack;
    }

    private static async Task<ExecuteCommandResult> ProvisionAgainAsync(ExecuteCommandContext context) =>
        await context.ServiceProvider.GetRequiredService<StackLifecycle>().ProvisionAsync(context.CancellationToken)
            ? CommandResults.Success()
            : CommandResults.Failure("The stack could not be provisioned; its console log says why.");
}
