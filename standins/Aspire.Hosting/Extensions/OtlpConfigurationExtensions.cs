using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
    HttpJson,
}

public static class OtlpConfigurationExtensions
{
    /// <summary>Sends the resource's telemetry to the dashboard, by the variables that every OpenTelemetry SDK reads.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder) where T : IResourceWithEnvironment
        => OtlpEnvironment.Add(builder, null);

    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol) where T : IResourceWithEnvironment
        => OtlpEnvironment.Add(builder, protocol);
}
