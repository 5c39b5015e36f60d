using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

public static class DistributedApplicationHostingTestingExtensions
{
    private static readonly string[] DefaultEndpoints = ["http", "https"];

    /// <param name="endpointName">The endpoint of that name; by default the one named http, else https.</param>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        if (!app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
            throw new InvalidOperationException("Endpoints are known once the application has started.");
        if (!app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(resourceName, out var resource))
            throw new ArgumentException($"The application has no resource '{resourceName}'.", nameof(resourceName));
        if (resource is not IResourceWithEndpoints withEndpoints)
            throw new InvalidOperationException($"No endpoint of resource '{resourceName}' has an address.");

        var endpoint = endpointName is not null
            ? withEndpoints.GetEndpoint(endpointName)
            : DefaultEndpoints.Select(withEndpoints.GetEndpoint).FirstOrDefault(candidate => candidate.Exists);
        if (endpoint is not { Exists: true })
            throw new ArgumentException($"Endpoint '{endpointName ?? "http"}' for resource '{resourceName}' not found.", nameof(endpointName));
        return new Uri(endpoint.Url);
    }
}
