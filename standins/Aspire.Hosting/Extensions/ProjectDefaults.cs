using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>What every project resource gets: telemetry, its launch profile's environment, and its endpoints.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> WithProjectDefaults(
        this IResourceBuilder<ProjectResource> builder, ProjectResourceOptions options)
    {
        if (options.ExcludeLaunchProfile)
            builder.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        else if (!string.IsNullOrEmpty(options.LaunchProfileName))
            builder.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        else if (builder.ApplicationBuilder.Configuration["AppHost:DefaultLaunchProfileName"] is { Length: > 0 } preferred)
            builder.WithAnnotation(new DefaultLaunchProfileAnnotation(preferred));

        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES", "true")
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES", "true")
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (builder.ApplicationBuilder.ExecutionContext.IsRunMode && builder.ApplicationBuilder.Environment.IsDevelopment())
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        builder.WithOtlpExporter();
        builder.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
            .WithEnvironment("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffffff ");

        AddEndpoints(builder);
        builder.WithEnvironment(context => AddLaunchProfileEnvironment(context, builder.Resource));
        builder.WithEnvironment(context => AddUrls(context, builder.Resource));
        return builder;
    }

    private static void AddEndpoints(IResourceBuilder<ProjectResource> builder)
    {
        var urls = builder.Resource.GetEffectiveLaunchProfile()?.ApplicationUrl ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress(url);
            if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == address.Scheme))
                continue;
            builder.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, address.Scheme, null, address.Scheme, address.Port)
            {
                TargetHost = address.Host,
            });
        }
    }

    private static void AddLaunchProfileEnvironment(EnvironmentCallbackContext context, ProjectResource resource)
    {
        foreach (var (name, value) in resource.GetEffectiveLaunchProfile()?.EnvironmentVariables ?? [])
            context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
    }

    private static void AddUrls(EnvironmentCallbackContext context, ProjectResource resource)
    {
        if (context.ExecutionContext.IsPublishMode || context.EnvironmentVariables.ContainsKey("ASPNETCORE_URLS"))
            return;
        var endpoints = resource.GetEndpoints().Where(endpoint => endpoint.Scheme is "http" or "https").ToList();
        if (endpoints.Count == 0)
            return;
        context.EnvironmentVariables["ASPNETCORE_URLS"] = new JoinedUrls(endpoints);
    }

    private static Uri BindingAddress(string url)
        => new(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));

    /// <summary>The addresses that the process itself listens on, as ASP.NET Core takes them.</summary>
    private sealed class JoinedUrls(IReadOnlyList<EndpointReference> endpoints) : IValueProvider
    {
        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            var urls = new List<string>();
            foreach (var endpoint in endpoints)
            {
                var port = await endpoint.Property(EndpointProperty.TargetPort).GetValueAsync(cancellationToken).ConfigureAwait(false);
                urls.Add($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{port}");
            }
            return string.Join(';', urls);
        }
    }
}
