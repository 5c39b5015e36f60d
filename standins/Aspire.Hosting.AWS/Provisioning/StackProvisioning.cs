using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Aspire.Hosting.AWS.Provisioning;

/// <summary>Provisions the application's stacks, one after another, beside the start of everything that does not wait for them.</summary>
internal sealed class StackProvisioning(ResourceNotificationService notifications, ResourceLoggerService loggers)
    : IDistributedApplicationEventingSubscriber
{
    public static void AddTo(IDistributedApplicationBuilder builder) =>
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IDistributedApplicationEventingSubscriber, StackProvisioning>());

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
        _ = loggers;
    }

    private Task SetStateAsync(CloudFormationTemplateResource stack, string state, string style) =>
        notifications.PublishUpdateAsync(stack, snapshot => snapshot with { State = new ResourceStateSnapshot(state, style) });
}
