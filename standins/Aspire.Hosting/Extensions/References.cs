using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Makes a value's references visible: a resource that uses another one's endpoint is shown with a relationship to it.</summary>
internal static class References
{
    public static void Link<T>(IResourceBuilder<T> builder, object value) where T : IResource
    {
        foreach (var resource in ResourcesIn(value).Distinct().Where(resource => !ReferenceEquals(resource, builder.Resource)))
        {
            var known = builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Any(relationship => ReferenceEquals(relationship.Resource, resource) && relationship.Type == KnownRelationshipTypes.Reference);
            if (!known)
                builder.WithReferenceRelationship(resource);
        }
    }

    private static IEnumerable<IResource> ResourcesIn(object value) => value switch
    {
        IResource resource => [resource],
        IValueWithReferences composite => composite.References.SelectMany(ResourcesIn),
        _ => [],
    };
}
