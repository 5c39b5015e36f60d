using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>What can be opened of a resource: its endpoints, and what the application adds to or changes of them.</summary>
internal sealed partial class ResourceUrls(
    ResourceNotificationService notifications, ResourceLoggerService loggers, DistributedApplicationExecutionContext executionContext)
{
    public async Task PublishAsync(IResource resource, CancellationToken ct)
    {
        var context = new ResourceUrlsCallbackContext(executionContext, resource, [], ct) { Logger = loggers.GetLogger(resource) };
        if (resource is IResourceWithEndpoints withEndpoints)
        {
            foreach (var endpoint in withEndpoints.GetEndpoints().Where(endpoint => endpoint.IsAllocated))
                context.Urls.Add(new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint });
        }
        context.Urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
        {
            try
            {
                await callback.Callback(context).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogCallbackFailed(context.Logger, exception);
            }
        }

        if (context.Urls.Count == 0)
            return;
        var urls = context.Urls.Select(Complete).OfType<UrlSnapshot>().ToImmutableArray();
        await notifications.PublishUpdateAsync(resource, state => state with { Urls = WithActivity(urls, state.State?.Text) }).ConfigureAwait(false);
    }

    /// <summary>A URL that leads to a process is active while the process runs.</summary>
    public static ImmutableArray<UrlSnapshot> WithActivity(ImmutableArray<UrlSnapshot> urls, string? state)
        => [.. urls.Select(url => url with { IsInactive = url.Name is not null && state != KnownResourceStates.Running })];

    private static UrlSnapshot? Complete(ResourceUrlAnnotation url)
    {
        // A path alone is meant on the endpoint that it belongs to.
        var address = url.Endpoint is { IsAllocated: true } endpoint && url.Url.StartsWith('/') ? endpoint.Url + url.Url : url.Url;
        if (!Uri.TryCreate(address, UriKind.Absolute, out _))
            return null;
        return new UrlSnapshot(url.Endpoint?.EndpointName, address, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
        };
    }

    [LoggerMessage(LogLevel.Error, "A URL callback failed.")]
    private static partial void LogCallbackFailed(ILogger logger, Exception exception);
}
