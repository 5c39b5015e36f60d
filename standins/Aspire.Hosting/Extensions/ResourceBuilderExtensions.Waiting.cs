using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
        => builder.WaitOn(dependency, WaitType.WaitUntilHealthy, null);

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport
        => builder.WaitOn(dependency, WaitType.WaitUntilHealthy, waitBehavior);

    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport
        => builder.WaitOn(dependency, WaitType.WaitForCompletion, null, exitCode);

    private static IResourceBuilder<T> WaitOn<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        var awaited = dependency.Resource;
        if (ReferenceEquals(builder.Resource, awaited))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' would wait for itself for ever.");
        if (builder.Resource is IResourceWithParent child && ReferenceEquals(child.Parent, awaited))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' would wait for '{awaited.Name}', whose child it is.");
        if (awaited is IResourceWithoutLifetime)
            return builder;
        return builder.WithRelationship(awaited, KnownRelationshipTypes.WaitFor)
            .WithAnnotation(new WaitAnnotation(awaited, type, exitCode) { WaitBehavior = behavior });
    }
}
