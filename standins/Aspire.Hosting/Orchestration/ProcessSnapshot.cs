using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Orchestration;

/// <summary>A process as DCP describes it, as the state of its resource.</summary>
internal static class ProcessSnapshot
{
    public static CustomResourceSnapshot Apply(CustomResourceSnapshot previous, ProcessInstance instance, Executable executable)
    {
        var status = executable.Status!;
        var state = StateOf(status.State);
        return previous with
        {
            State = state,
            ExitCode = status.ExitCode,
            CreationTimeStamp = executable.Metadata.CreationTimestamp?.ToUniversalTime() ?? previous.CreationTimeStamp,
            StartTimeStamp = status.StartupTimestamp?.ToUniversalTime(),
            StopTimeStamp = status.FinishTimestamp?.ToUniversalTime(),
            EnvironmentVariables = [.. (status.EffectiveEnv ?? [])
                .Select(entry => new EnvironmentVariableSnapshot(entry.Name, entry.Value, instance.OwnVariables.Contains(entry.Name)))],
            Urls = ResourceUrls.WithActivity(previous.Urls, state.Text),
            Properties = WithProperties(previous.Properties,
                new ResourcePropertySnapshot(KnownProperties.ExecutablePath, executable.Spec.ExecutablePath),
                new ResourcePropertySnapshot(KnownProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory),
                new ResourcePropertySnapshot(KnownProperties.ExecutableArgs, (status.EffectiveArgs ?? executable.Spec.Args ?? []).ToImmutableArray())
                    { IsSensitive = true },
                new ResourcePropertySnapshot(KnownProperties.ExecutablePid, status.Pid)),
        };
    }

    /// <summary>What is known of a process before its first start.</summary>
    public static CustomResourceSnapshot Initial(CustomResourceSnapshot previous, IResource resource, DateTime now) => previous with
    {
        CreationTimeStamp = now,
        State = KnownResourceStates.NotStarted,
        Properties = resource switch
        {
            ProjectResource project => WithProperties(previous.Properties,
                new ResourcePropertySnapshot(CustomResourceKnownProperties.Source, Path.GetFileName(project.GetProjectMetadata().ProjectPath)),
                new ResourcePropertySnapshot(KnownProperties.ProjectPath, project.GetProjectMetadata().ProjectPath)),
            ExecutableResource executable => WithProperties(previous.Properties,
                new ResourcePropertySnapshot(CustomResourceKnownProperties.Source, executable.Command),
                new ResourcePropertySnapshot(KnownProperties.ExecutablePath, executable.Command),
                new ResourcePropertySnapshot(KnownProperties.ExecutableWorkDir, executable.WorkingDirectory)),
            _ => previous.Properties,
        },
    };

    private static ResourceStateSnapshot StateOf(string? state) => state switch
    {
        ExecutableState.Running => new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
        ExecutableState.Stopping => new(KnownResourceStates.Stopping, KnownResourceStateStyles.Info),
        ExecutableState.Finished => new(KnownResourceStates.Finished, null),
        ExecutableState.Terminated => new(KnownResourceStates.Exited, null),
        ExecutableState.FailedToStart => new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        "Starting" => new(KnownResourceStates.Starting, KnownResourceStateStyles.Info),
        var other => new(other ?? "Unknown", null),
    };

    private static ImmutableArray<ResourcePropertySnapshot> WithProperties(
        ImmutableArray<ResourcePropertySnapshot> properties, params ResourcePropertySnapshot[] values)
        => [.. properties.Where(property => values.All(value => value.Name != property.Name)), .. values.Where(value => value.Value is not null)];
}
