using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of a state that follow from the model, not from what the resource does.</summary>
internal static class InitialSnapshot
{
    public static CustomResourceSnapshot Of(IResource resource)
    {
        var snapshot = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        return snapshot with
        {
            Relationships = [.. snapshot.Relationships.IsDefault ? [] : snapshot.Relationships, .. RelationshipsOf(resource)],
            HealthReports = PendingReports(resource),
        };
    }

    /// <summary>Adds what every published state has: its commands as they now are, and its icon.</summary>
    public static CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        if (snapshot.IconName is null && resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
            snapshot = snapshot with { IconName = icon.IconName, IconVariant = icon.IconVariant };
        // What was true of the last run is not true of the next.
        if (snapshot.State?.Text != KnownResourceStates.Running)
            snapshot = snapshot with { HealthReports = PendingReports(resource), ResourceReadyEvent = null };

        var commands = ImmutableArray.CreateBuilder<ResourceCommandSnapshot>();
        foreach (var command in resource.Annotations.OfType<ResourceCommandAnnotation>()
            .GroupBy(annotation => annotation.Name).Select(group => group.Last()))
        {
            var state = command.UpdateState(new UpdateCommandStateContext { ResourceSnapshot = snapshot, ServiceProvider = services });
            commands.Add(new ResourceCommandSnapshot(command.Name, state, command.DisplayName, command.DisplayDescription, command.Parameter,
                command.ConfirmationMessage, command.IconName, command.IconVariant, command.IsHighlighted));
        }
        return snapshot with { Commands = commands.ToImmutable() };
    }

    /// <summary>Names the instance under which the dashboard's list shows this one.</summary>
    public static CustomResourceSnapshot WithParent(IResource resource, CustomResourceSnapshot snapshot)
    {
        var parent = resource is IResourceWithParent child
            ? child.Parent
            : resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .LastOrDefault(annotation => annotation.Type == KnownRelationshipTypes.Parent)?.Resource;
        return parent is null ? snapshot : snapshot with
        {
            Properties = [.. snapshot.Properties.Where(property => property.Name != KnownProperties.ParentName),
                new ResourcePropertySnapshot(KnownProperties.ParentName, parent.GetResolvedResourceNames()[0])],
        };
    }

    private static ImmutableArray<HealthReportSnapshot> PendingReports(IResource resource)
        => [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).Distinct()
            .Select(key => new HealthReportSnapshot(key, null, null, null))];

    private static IEnumerable<RelationshipSnapshot> RelationshipsOf(IResource resource)
    {
        var related = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(annotation => new RelationshipSnapshot(annotation.Resource.Name, annotation.Type));
        if (resource is IResourceWithParent child)
            related = related.Append(new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent));
        return related.Distinct();
    }

    private static string TypeName(IResource resource) => resource switch
    {
        ProjectResource => KnownResourceTypes.Project,
        ExecutableResource => KnownResourceTypes.Executable,
        _ => resource.GetType().Name is var name && name.EndsWith("Resource", StringComparison.Ordinal) && name.Length > "Resource".Length
            ? name[..^"Resource".Length]
            : resource.GetType().Name,
    };
}
