using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal static class OtlpEnvironment
{
    /// <summary>DCP puts the suffix of each instance's name here: the dashboard joins telemetry and resource by it.</summary>
    private const string InstanceId = $$$"""{{- index .Annotations "{{{ExecutableFactory.InstanceIdAnnotation}}}" -}}""";

    public static IResourceBuilder<T> Add<T>(IResourceBuilder<T> builder, OtlpProtocol? protocol) where T : IResourceWithEnvironment
    {
        builder.WithAnnotation(new OtlpExporterAnnotation { RequiredProtocol = protocol }, ResourceAnnotationMutationBehavior.Replace);
        var configuration = builder.ApplicationBuilder.Configuration;
        var environment = builder.ApplicationBuilder.Environment;
        return builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsPublishMode)
                return;
            // Without a dashboard of its own the application may still be given a collector's address.
            var dashboard = context.ExecutionContext.ServiceProvider.GetRequiredService<DashboardOptions>();
            var grpc = dashboard.Enabled ? dashboard.OtlpGrpcUrl : configuration[DashboardOptions.OtlpGrpcUrlKey];
            var http = dashboard.Enabled ? dashboard.OtlpHttpUrl : configuration[DashboardOptions.OtlpHttpUrlKey];
            var useHttp = protocol switch
            {
                OtlpProtocol.Grpc => false,
                OtlpProtocol.HttpProtobuf or OtlpProtocol.HttpJson => true,
                _ => string.IsNullOrEmpty(grpc) && !string.IsNullOrEmpty(http),
            };
            var endpoint = useHttp ? http : grpc;
            if (string.IsNullOrEmpty(endpoint))
                return;

            var variables = context.EnvironmentVariables;
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = !useHttp ? "grpc" : protocol == OtlpProtocol.HttpJson ? "http/json" : "http/protobuf";
            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={InstanceId}";
            variables["OTEL_SERVICE_NAME"] = builder.Resource.Name;
            if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";

            // A developer wants to see what just happened, not what happened some seconds ago.
            if (environment.IsDevelopment())
            {
                variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
                variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
                variables["OTEL_TRACES_SAMPLER"] = "always_on";
                variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            }
        });
    }
}
