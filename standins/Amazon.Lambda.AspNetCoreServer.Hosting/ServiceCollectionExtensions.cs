using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Amazon.Lambda.AspNetCoreServer.Hosting;
using Amazon.Lambda.AspNetCoreServer.Hosting.Internal;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What sends the requests. Of the real package's event sources only the one that this solution has.</summary>
public enum LambdaEventSource
{
    /// <summary>API Gateway HTTP API, payload format 2.0.</summary>
    HttpApi = 1,
}

public static class ServiceCollectionExtensions
{
    private const string FunctionNameVariable = "AWS_LAMBDA_FUNCTION_NAME";

    /// <summary>In Lambda, puts a server that takes its requests from the Runtime API in Kestrel's place; elsewhere does nothing.</summary>
    public static IServiceCollection AddAWSLambdaHosting<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, LambdaEventSource eventSource, SourceGeneratorLambdaJsonSerializer<T> serializer,
        Action<HostingOptions>? configure = null)
        where T : JsonSerializerContext
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FunctionNameVariable)))
            return services;
        var options = new HostingOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(options);
        if (eventSource != LambdaEventSource.HttpApi)
            throw new ArgumentException($"Event source {eventSource} is not known", nameof(eventSource));
        services.RemoveAll<IServer>();
        services.AddSingleton<IServer, HttpApiServer>();
        services.TryAddSingleton<ILambdaSerializer>(
            serializer ?? options.Serializer ?? throw new ArgumentNullException(nameof(serializer)));
        return services;
    }
}
