using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public static class LambdaExtensions
{
    /// <summary>Adds a project as a Lambda function, and the emulator that runs it if there is none yet.</summary>
    /// <param name="lambdaHandler">The assembly's name: the project is an executable with a loop of its own. Class libraries are not run
    /// here.</param>
    public static IResourceBuilder<LambdaProjectResource> AddAWSLambdaFunction<TLambdaProject>(
        this IDistributedApplicationBuilder builder, string name, string lambdaHandler, LambdaFunctionOptions? options = null)
        where TLambdaProject : IProjectMetadata, new()
    {
        var function = builder.AddResource(new LambdaProjectResource(name)).WithAnnotation(new TLambdaProject());
        AddTelemetry(function);
        if (!builder.ExecutionContext.IsRunMode)
            return function;

        var emulator = FindEmulator(builder) ?? builder.AddAWSLambdaServiceEmulator().Resource;
        return function.WithParentRelationship(emulator).WithEnvironment(context =>
        {
            var runtimeApi = RuntimeApi(emulator);
            context.EnvironmentVariables["AWS_EXECUTION_ENV"] = "aspire.hosting.aws";
            context.EnvironmentVariables["AWS_LAMBDA_RUNTIME_API"] = ReferenceExpression.Create(
                $"{runtimeApi.Property(EndpointProperty.Host)}:{runtimeApi.Property(EndpointProperty.Port)}/{name}");
            context.EnvironmentVariables["AWS_LAMBDA_FUNCTION_NAME"] = name;
            context.EnvironmentVariables["_HANDLER"] = lambdaHandler;
            context.EnvironmentVariables["AWS_LAMBDA_LOG_FORMAT"] = "Text";
            context.EnvironmentVariables["AWS_LAMBDA_LOG_LEVEL"] = "INFO";
        });
    }

    /// <summary>Adds the emulator with options of its own; functions find it.</summary>
    /// <exception cref="InvalidOperationException">There is one already.</exception>
    public static IResourceBuilder<LambdaEmulatorResource> AddAWSLambdaServiceEmulator(
        this IDistributedApplicationBuilder builder, LambdaEmulatorOptions? options = null)
    {
        if (FindEmulator(builder) is not null)
            throw new InvalidOperationException(
                "There is a Lambda service emulator already; it can only be customized before the first Lambda function is added.");

        builder.Services.AddHostedService<FunctionRestarter>();
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, uriScheme: "http", port: options?.HttpPort);
        var emulator = builder.AddResource(new LambdaEmulatorResource("LambdaServiceEmulator")).ExcludeFromManifest().WithAnnotation(endpoint);
        var runtimeApi = new EndpointReference(emulator.Resource, endpoint);
        return emulator
            .WithAnnotation(new LambdaEmulatorAnnotation(runtimeApi))
            .WithArgs(context => LambdaTestTool.AddArguments(context.Args))
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["ASPIRE_HOSTED"] = "true";
                context.EnvironmentVariables["LAMBDA_RUNTIME_API_PORT"] = runtimeApi.Property(EndpointProperty.TargetPort);
            });
    }

    internal static EndpointReference RuntimeApi(IResource emulator) => emulator.Annotations.OfType<LambdaEmulatorAnnotation>().Last().RuntimeApi;

    internal static LambdaEmulatorResource? FindEmulator(IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<LambdaEmulatorResource>().FirstOrDefault();

    private static void AddTelemetry(IResourceBuilder<LambdaProjectResource> function)
    {
        function.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES", "true")
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES", "true")
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (function.ApplicationBuilder.ExecutionContext.IsRunMode && function.ApplicationBuilder.Environment.IsDevelopment())
            function.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true")
                .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        function.WithOtlpExporter();
    }
}
