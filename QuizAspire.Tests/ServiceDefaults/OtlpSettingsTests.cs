using OpenTelemetry.Exporter;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class OtlpSettingsTests
{
    [Fact]
    public void Without_an_endpoint_a_signal_is_not_exported()
    {
        Assert.Null(Read(OtlpSignal.Traces));
        Assert.Null(Read(OtlpSignal.Traces, ("OTEL_EXPORTER_OTLP_ENDPOINT", " ")));
        Assert.Null(Read(OtlpSignal.Traces, ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://a:1")));
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("ftp://a/b")]
    [InlineData("/v1/traces")]
    public void An_endpoint_that_is_no_url_of_HTTP_is_none(string endpoint) =>
        Assert.Null(Read(OtlpSignal.Traces, ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)));

    [Theory]
    [InlineData("http://collector:4318")]
    [InlineData("http://collector:4318/")]
    public void The_endpoint_for_all_is_a_base_for_HTTP(string endpoint)
    {
        (string, string)[] variables = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

        Assert.Equal(new Uri("http://collector:4318/v1/traces"), Read(OtlpSignal.Traces, variables)!.Endpoint);
        Assert.Equal(new Uri("http://collector:4318/v1/metrics"), Read(OtlpSignal.Metrics, variables)!.Endpoint);
        Assert.Equal(new Uri("http://collector:4318/v1/logs"), Read(OtlpSignal.Logs, variables)!.Endpoint);
    }

    [Fact]
    public void A_base_keeps_its_path() => Assert.Equal(
        new Uri("https://collector/tenant/v1/logs"),
        Read(OtlpSignal.Logs, ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector/tenant"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"))!.Endpoint);

    [Fact]
    public void A_signals_own_variables_go_first_and_its_endpoint_is_used_as_it_is()
    {
        var settings = Read(
            OtlpSignal.Traces,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://other"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "https://xray.us-west-1.amazonaws.com/v1/traces"),
            ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=1"),
            ("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "b=2"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "700"));

        Assert.Equal(
            new OtlpSettings(
                new Uri("https://xray.us-west-1.amazonaws.com/v1/traces"), OtlpExportProtocol.HttpProtobuf, "b=2", TimeSpan.FromMilliseconds(700)),
            settings);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "true")]
    [InlineData("OTEL_TRACES_EXPORTER", "none")]
    public void What_is_turned_off_is_not_exported(string name, string value) =>
        Assert.Null(Read(OtlpSignal.Traces, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector"), (name, value)));

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("99999999999")]
    public void A_time_that_is_none_is_as_if_not_said(string timeout) => Assert.Equal(
        TimeSpan.FromSeconds(10),
        Read(OtlpSignal.Traces, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector"), ("OTEL_EXPORTER_OTLP_TIMEOUT", timeout))!.Timeout);

    [Fact]
    public void Batches_never_exceed_the_queue() => Assert.Equal(
        new BatchSettings(Queue: 100, TimeSpan.FromMilliseconds(50), Batch: 100),
        BatchSettings.Read("OTEL_BSP", Variables(("OTEL_BSP_MAX_QUEUE_SIZE", "100"), ("OTEL_BSP_SCHEDULE_DELAY", "50"))));

    private static OtlpSettings? Read(OtlpSignal signal, params (string, string)[] variables) => OtlpSettings.Read(signal, Variables(variables));

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
