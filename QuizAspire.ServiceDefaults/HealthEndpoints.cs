using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace QuizAspire.ServiceDefaults;

public static class HealthEndpoints
{
    /// <summary>Path of the readiness endpoint: every check.</summary>
    public const string Health = "/health";

    /// <summary>Path of the liveness endpoint: only checks tagged <see cref="LiveTag"/>, none of which asks another process.</summary>
    public const string Alive = "/alive";

    /// <summary>Tag of the checks that tell whether the process itself answers.</summary>
    public const string LiveTag = "live";

    /// <summary>
    /// Maps <see cref="Health"/> and <see cref="Alive"/>: 200, or 503 when a check is unhealthy, and a JSON body that names the checks with
    /// their status. What is wrong in detail is in the log only, because these endpoints answer anybody.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.Map(Health, _ => true);
        app.Map(Alive, check => check.Tags.Contains(LiveTag));
        return app;
    }

    private static void Map(this WebApplication app, string path, Func<HealthCheckRegistration, bool> includes) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = includes, ResponseWriter = WriteAsync }).DisableHttpMetrics();

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new HealthBody(report.Status.ToString(), report.Entries.ToDictionary(check => check.Key, check => check.Value.Status.ToString())),
            HealthJson.Default.HealthBody);
}
