using QuizAspire.AppHost;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Embedded.Templates;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>Where a deployed stack sends its telemetry, by its one parameter.</summary>
public sealed class TelemetryEndpointTests(QuizStackTests.Synthesized synthesized) : IClassFixture<QuizStackTests.Synthesized>
{
    private const string Parameter = "TelemetryEndpoint";

    private static readonly string[] Functions = [.. ResourceNames.Functions, ResourceNames.ApiFunction];

    [Fact]
    public void Nothing_is_sent_unless_it_is_said_where()
    {
        var plan = Plan();

        Assert.All(Functions, name => Assert.Equal(
            ["OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"], plan.Function(name).Environment.Keys.Where(IsTelemetry).Order()));
        Assert.DoesNotContain(plan.Resources, resource => resource.Type.Name == "AWS::IAM::Policy");
    }

    [Fact]
    public void Aws_takes_traces_and_metrics_at_its_own_endpoints_with_the_permission_that_they_want()
    {
        var plan = Plan("aws");

        Assert.All(Functions, name => Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_SERVICE_NAME"] = name,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "https://xray.us-west-1.amazonaws.com/v1/traces",
                ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = "https://monitoring.us-west-1.amazonaws.com/v1/metrics",
                ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] = "delta",
                ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0.05",
            },
            Telemetry(plan, name)));
        Assert.Single(plan.Resources, resource => resource.Type.Name == "AWS::IAM::Policy");
    }

    [Theory]
    [InlineData("https://collector.example:4318")]
    [InlineData("https://collector.example/otlp")]
    [InlineData("http://localhost:4318")]
    public void Collector_takes_both_under_its_address_and_wants_no_permission(string collector)
    {
        var plan = Plan(collector);

        Assert.All(Functions, name =>
        {
            var variables = Telemetry(plan, name);
            Assert.Equal(
                ($"{collector}/v1/traces", $"{collector}/v1/metrics", "delta"),
                (variables["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"], variables["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"],
                    variables["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"]));
            // Lambda's own log is the one place of the logs.
            Assert.DoesNotContain(variables.Keys, variable => variable is "OTEL_EXPORTER_OTLP_ENDPOINT" or "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT");
        });
        Assert.DoesNotContain(plan.Resources, resource => resource.Type.Name == "AWS::IAM::Policy");
    }

    [Theory]
    [InlineData("http://collector.example:4318")]
    [InlineData("https://collector.example/")]
    [InlineData("https://user:password@collector.example")]
    [InlineData("AWS")]
    [InlineData("collector.example:4317")]
    public void Other_places_are_refused(string endpoint) =>
        Assert.Contains(Parameter, Assert.Throws<TemplateException>(() => Plan(endpoint)).Message, StringComparison.Ordinal);

    [Fact]
    public void Processes_on_this_machine_are_told_by_aspire_alone()
    {
        var processor = Plan("aws").Function(ResourceNames.QuizProcessor);

        Assert.Contains(processor.Environment.Keys, IsTelemetry);
        Assert.DoesNotContain(processor.LocalEnvironment, variable => IsTelemetry(variable.Key));
        Assert.Contains(processor.LocalEnvironment, variable => variable.Key == "QUIZASPIRE_FUNCTION");
    }

    private StackPlan Plan(string? endpoint = null) => StackPlanner.Plan(
        File.ReadAllText(synthesized.Path), "quiz-aspire", new EmulatorAddresses(4566, 8000),
        endpoint is null ? null : new Dictionary<string, string> { [Parameter] = endpoint });

    private static Dictionary<string, string> Telemetry(StackPlan plan, string function) =>
        plan.Function(function).Environment.Where(variable => IsTelemetry(variable.Key)).ToDictionary(StringComparer.Ordinal);

    private static bool IsTelemetry(string variable) => variable.StartsWith("OTEL_", StringComparison.Ordinal);
}
