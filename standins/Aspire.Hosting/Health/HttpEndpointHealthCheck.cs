using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

internal sealed class HttpEndpointHealthCheck(IHttpClientFactory clients, EndpointReference endpoint, string path, int expectedStatus) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.Exists || !endpoint.IsAllocated)
            return new HealthCheckResult(context.Registration.FailureStatus, $"Endpoint '{endpoint.EndpointName}' has no address yet.");
        var uri = new Uri(new Uri(endpoint.Url), path);
        try
        {
            using var client = clients.CreateClient("Aspire.Hosting.HealthChecks");
            client.Timeout = TimeSpan.FromSeconds(10);
            using var response = await client.GetAsync(uri, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode == expectedStatus
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus,
                    $"Discover endpoint #{uri} is not responding with code {expectedStatus}, the current status is {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{uri} does not answer.", exception);
        }
    }
}
