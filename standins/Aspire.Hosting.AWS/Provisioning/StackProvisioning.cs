using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>Provisions the application's stacks, one after another, beside the start of everything that does not wait for them.</summary>
internal sealed partial class StackProvisioning(
    ResourceNotificationService notifications, ResourceLoggerService loggers, IHostApplicationLifetime lifetime, TimeProvider time)
    : IDistributedApplicationEventingSubscriber
{
    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDistributedApplicationEventingSubscriber, StackProvisioning>());
    }

    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        if (executionContext.IsRunMode)
            eventing.Subscribe<BeforeStartEvent>(OnBeforeStartAsync);
        return Task.CompletedTask;
    }

    private async Task OnBeforeStartAsync(BeforeStartEvent starting, CancellationToken cancellationToken)
    {
        var stacks = starting.Model.Resources.OfType<CloudFormationTemplateResource>().ToList();
        foreach (var stack in stacks)
        {
            // Before anything can ask for an output.
            stack.ProvisioningTaskCompletionSource = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await SetStateAsync(stack, "Starting", KnownResourceStateStyles.Info).ConfigureAwait(false);
        }
        _ = Task.Run(async () =>
        {
            foreach (var stack in stacks)
                await ProvisionAsync(stack, lifetime.ApplicationStopping).ConfigureAwait(false);
        }, CancellationToken.None);
    }

    private async Task ProvisionAsync(CloudFormationTemplateResource resource, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        try
        {
            await notifications.WaitForDependenciesAsync(resource, cancellationToken).ConfigureAwait(false);
            await SetStateAsync(resource, "Starting", KnownResourceStateStyles.Info).ConfigureAwait(false);
            LogProvisioning(logger, resource.StackName, resource.TemplatePath);

            using var client = StackClient.For(resource);
            var template = await File.ReadAllTextAsync(resource.TemplatePath, cancellationToken).ConfigureAwait(false);
            var stack = await new StackExecutor(client, resource, template, logger, time).ExecuteAsync(cancellationToken).ConfigureAwait(false);

            resource.Outputs = stack.Outputs ?? [];
            foreach (var output in resource.Outputs)
                LogOutput(logger, output.OutputKey, output.OutputValue);
            var urls = StackClient.ConsoleUrls(client, stack.StackId);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with
            {
                Properties = [.. snapshot.Properties, .. StackProperties.Of(stack, resource.TemplatePath)],
                Urls = urls,
                State = new ResourceStateSnapshot("Running", KnownResourceStateStyles.Success),
            }).ConfigureAwait(false);
            resource.ProvisioningTaskCompletionSource!.TrySetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            resource.ProvisioningTaskCompletionSource!.TrySetCanceled(cancellationToken);
        }
        catch (Exception exception)
        {
            // The reasons are the account's or the template's; where they are not, the stack trace helps.
            LogFailed(logger, resource.StackName, exception.Message, exception is AWSProvisioningException ? null : exception);
            await SetStateAsync(resource, "Failed to Provision", KnownResourceStateStyles.Error).ConfigureAwait(false);
            resource.ProvisioningTaskCompletionSource!.TrySetException(exception);
            // Whether or not anybody waits for an output, the failure has been told.
            _ = resource.ProvisioningTaskCompletionSource.Task.Exception;
        }
    }

    private Task SetStateAsync(CloudFormationTemplateResource stack, string state, string style) =>
        notifications.PublishUpdateAsync(stack, snapshot => snapshot with { State = new ResourceStateSnapshot(state, style) });

    [LoggerMessage(LogLevel.Information, "Provisioning CloudFormation stack {Stack} from {Template}")]
    private static partial void LogProvisioning(ILogger logger, string stack, string template);

    [LoggerMessage(LogLevel.Information, "Output {Name}: {Value}")]
    private static partial void LogOutput(ILogger logger, string name, string value);

    [LoggerMessage(LogLevel.Error, "CloudFormation stack {Stack} could not be provisioned: {Reason}")]
    private static partial void LogFailed(ILogger logger, string stack, string reason, Exception? exception);
}
