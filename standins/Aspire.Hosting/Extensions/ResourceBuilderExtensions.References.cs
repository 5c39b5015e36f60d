using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
        => builder.WithReference(source, source.Resource.Name);

    /// <summary>
    /// Gives every endpoint of the source in the form that service discovery reads: services__{name}__{scheme or endpoint}__{index}.
    /// </summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder.WithReferenceRelationship(resource).WithEnvironment(context =>
        {
            foreach (var endpoint in resource.GetEndpoints().Where(endpoint => !endpoint.ExcludeReferenceEndpoint))
                AddServiceDiscovery(context, name, endpoint);
        });
    }

    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
        => builder.WithReferenceRelationship(endpointReference.Resource)
            .WithEnvironment(context => AddServiceDiscovery(context, endpointReference.Resource.Name, endpointReference));

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
            throw new InvalidOperationException("A service is referenced by an absolute URI without a path.");
        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    private static void AddServiceDiscovery(EnvironmentCallbackContext context, string service, EndpointReference endpoint)
    {
        // An endpoint with a name of its own is asked for by that name, one named after its scheme by the scheme.
        var key = $"services__{service}__{endpoint.EndpointName}__";
        var index = 0;
        while (context.EnvironmentVariables.ContainsKey($"{key}{index}"))
            index++;
        context.EnvironmentVariables[$"{key}{index}"] = endpoint;
        context.EnvironmentVariables[EnvironmentName(service, endpoint)] = endpoint;
    }

    private static string EnvironmentName(string service, EndpointReference endpoint)
        => $"{service}_{endpoint.EndpointName}".ToUpperInvariant().Replace('-', '_');
}
