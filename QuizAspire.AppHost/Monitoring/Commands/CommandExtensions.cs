using System.Net.Http;
using Amazon.Runtime;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using QuizAspire.AppHost.Backends;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Monitoring.Resources;

namespace QuizAspire.AppHost.Monitoring.Commands;

/// <summary>What an operator does, or a developer who tries it, from the dashboard.</summary>
internal static class CommandExtensions
{
    public static void AddCommands(this IDistributedApplicationBuilder builder, IAwsBackend aws, ProjectFolders folders)
    {
        var api = builder.Find<IResourceWithEndpoints>(ResourceNames.Api);
        var apiCalls = new JsonCalls(LocalHttp.Client, "The API", () => api.Resource.GetEndpoint("http").Url);
        api.WithCommand("send-samples", "Send sample submissions", "Answers the sample quiz for eight students, some of them wrongly.", "Send",
            cancellation => SampleSubmissions.SendAsync(apiCalls, Path.Combine(folders.Repository, "samples", "capitals.json"), cancellation));
        api.WithCommand(
            "send-score-sheet", "Send a sample score sheet", "Asks for the statistics of the sample sheet; the message comes to the inbox.",
            "DocumentTable",
            cancellation => SampleScoreSheet.SendAsync(apiCalls, Path.Combine(folders.Repository, "samples", "score-sheet.csv"), cancellation));

        var emulator = builder.Resources.OfType<LambdaEmulatorResource>().Single();
        var lambdaCalls = new JsonCalls(LocalHttp.Client, "The Lambda emulator", () => emulator.GetEndpoint("http").Url);
        builder.Find<IResource>(ResourceNames.HealthCheck).WithCommand(
            "run-health-check", "Run the health check now", "Calls it as its schedule does, and shows what it found.", "HeartPulse",
            cancellation => HealthCheckCommand.RunAsync(lambdaCalls, cancellation));

        foreach (var child in builder.Resources.OfType<StackChild>().ToArray())
            if (aws.Plan.Queues.FirstOrDefault(queue => queue.Name == child.AwsName) is { } queue)
                builder.CreateResourceBuilder(child).AddQueueCommands(aws, queue, apiCalls);
    }

    private static void AddQueueCommands(this IResourceBuilder<StackChild> child, IAwsBackend aws, PlannedQueue queue, JsonCalls api)
    {
        if (aws.Plan.Function(ResourceNames.QuizProcessor).EventSources.Any(source => source.QueueArn == queue.Arn))
            child.WithCommand(
                "inject-poison", "Inject a poison message", $"Sends a submission for the quiz '{PoisonMessage.QuizId}', which nobody has stored.",
                "Bug", cancellation => PoisonMessage.InjectAsync(aws, queue, TimeProvider.System, cancellation));
        if (aws.Plan.Queues.All(other => other.DeadLetterQueueArn != queue.Arn))
            return;

        var commands = new DeadLetterCommands(api, queue.Name);
        child.WithCommand(
            "show-dead-letters", "Show dead letters", "Lists the messages without their contents, and leaves them where they are.",
            "DocumentSearch", commands.ShowAsync);
        child.WithCommand("redrive", "Redrive", "Sends every message back to the queue that it came from.", "ArrowUndo",
            commands.RedriveAsync, isUseful: HasMessages);
        child.WithCommand("stop-redrive", "Stop the redrive", "What has been moved stays moved.", "RecordStop", commands.StopAsync);
        child.WithCommand("purge", "Purge", "Deletes every message.", "Delete", commands.PurgeAsync,
            confirmation: $"Delete every message of {queue.Name}, for good? What is in them is nowhere else.", isUseful: HasMessages);
    }

    private static bool HasMessages(CustomResourceSnapshot state) =>
        state.Properties.Any(property => property is { Name: QueueReader.Visible or QueueReader.InFlight, Value: > 0 });

    private static IResourceBuilder<T> Find<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource =>
        builder.CreateResourceBuilder((T)builder.Resources.Single(resource => resource.Name == name));

    private static void WithCommand<T>(
        this IResourceBuilder<T> resource, string name, string displayName, string description, string icon,
        Func<CancellationToken, Task<ExecuteCommandResult>> run, string? confirmation = null, Func<CustomResourceSnapshot, bool>? isUseful = null)
        where T : IResource => resource.WithCommand(
            name, displayName,
            context => RunAsync(run, context.CancellationToken),
            new CommandOptions
            {
                Description = description,
                IconName = icon,
                ConfirmationMessage = confirmation,
                UpdateState = context =>
                    context.ResourceSnapshot.State?.Text == KnownResourceStates.Running && isUseful?.Invoke(context.ResourceSnapshot) != false
                        ? ResourceCommandState.Enabled
                        : ResourceCommandState.Disabled,
            });

    /// <summary>Whatever goes wrong is told to whoever gave the command; a stack trace would tell nothing more.</summary>
    private static async Task<ExecuteCommandResult> RunAsync(Func<CancellationToken, Task<ExecuteCommandResult>> run, CancellationToken cancellation)
    {
        try
        {
            return await run(cancellation);
        }
        catch (Exception exception) when (exception is CommandException or AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return CommandResults.Failure(exception.Message);
        }
    }
}
