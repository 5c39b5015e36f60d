using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace QuizAspire.ServiceDefaults;

/// <summary>How clients from the factory deal with a server that is slow, busy or away.</summary>
internal static class HttpResilience
{
    public static IServiceCollection AddHttpResilience(this IServiceCollection services) =>
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler(Configure));

    /// <summary>
    /// Retries and circuit breaker are the package's own; the times are a request's, whose caller is waiting: 3 s for an attempt, 10 s for all, as for AWS.
    /// </summary>
    private static void Configure(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
#pragma warning disable EXTEXP0001 // May change in a later version, as the compiler would tell; what has taken effect must not be sent again by itself.
        options.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
    }
}
