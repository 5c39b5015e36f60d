using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuizAspire.Api.Lambda;

/// <summary>
/// The readiness checks once, while Lambda is still initializing: credentials, TLS connections, and the SDK's first calls, which are its
/// slowest. What they find wrong is in the log and stops nothing: it may be right again at the first request.
/// </summary>
internal sealed class Priming(HealthCheckService checks) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => checks.CheckHealthAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
