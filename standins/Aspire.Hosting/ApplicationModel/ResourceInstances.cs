using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The instances of a process resource: one, or as many as it has replicas, each with a name of its own.</summary>
internal sealed record ResourceInstancesAnnotation(ImmutableArray<ResourceInstance> Instances) : IResourceAnnotation;

/// <param name="Name">The instance's name: that of the resource, a hyphen and the suffix.</param>
internal sealed record ResourceInstance(string Name, string Suffix, int Index);

internal static class ResourceInstances
{
    private const string SuffixAlphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>The ids under which a resource's states and logs are kept.</summary>
    public static IReadOnlyList<string> GetResolvedResourceNames(this IResource resource)
        => resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var annotation)
            ? [.. annotation.Instances.Select(instance => instance.Name)]
            : [resource.Name];

    public static ImmutableArray<ResourceInstance> GetInstances(this IResource resource)
        => resource.TryGetLastAnnotation<ResourceInstancesAnnotation>(out var annotation) ? annotation.Instances : [];

    public static void EnsureInstances(this IResource resource)
    {
        if (resource.HasAnnotationOfType<ResourceInstancesAnnotation>())
            return;
        var instances = Enumerable.Range(0, resource.GetReplicaCount()).Select(index =>
        {
            var suffix = RandomNumberGenerator.GetString(SuffixAlphabet, 8);
            return new ResourceInstance($"{resource.Name.ToLowerInvariant()}-{suffix}", suffix, index);
        });
        resource.Annotations.Add(new ResourceInstancesAnnotation([.. instances]));
    }
}
