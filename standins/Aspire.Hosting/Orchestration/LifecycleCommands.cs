using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Orchestration;

/// <summary>Start, stop and restart, which every resource with a process has.</summary>
internal static class LifecycleCommands
{
    public static void Add(IResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeLifecycleCommandsAnnotation>())
            return;
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start resource", "Play", true,
            (controller, instance, ct) => controller.StartAsync(instance, ct),
            state => state is null || IsStarting(state) ? ResourceCommandState.Disabled
                : IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop resource", "Stop", true,
            (controller, instance, ct) => controller.StopAsync(instance, ct),
            state => state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
                : state == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Restart resource", "ArrowCounterclockwise", false,
            (controller, instance, ct) => controller.RestartAsync(instance, ct),
            state => state == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled);
    }

    private static void Add(
        IResource resource, string name, string displayName, string description, string icon, bool isHighlighted,
        Func<ProcessController, ProcessInstance, CancellationToken, Task> execute, Func<string?, ResourceCommandState> stateOf)
    {
        // The application's own command of the same name wins.
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == name))
            return;
        resource.Annotations.Add(new ResourceCommandAnnotation(
            name, displayName, context => stateOf(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                var instances = context.ServiceProvider.GetRequiredService<ProcessInstances>();
                if (!instances.TryGet(context.ResourceName, out var instance))
                    return CommandResults.Failure($"Resource '{context.ResourceName}' has no process.");
                await execute(context.ServiceProvider.GetRequiredService<ProcessController>(), instance, context.CancellationToken)
                    .ConfigureAwait(false);
                return CommandResults.Success();
            },
            description, null, null, icon, IconVariant.Filled, isHighlighted));
    }

    private static bool IsStarting(string state) => state == KnownResourceStates.Starting || state == KnownResourceStates.Building;

    private static bool IsStopped(string state) =>
        KnownResourceStates.IsTerminal(state) || state is "Unknown" || state == KnownResourceStates.NotStarted;
}
