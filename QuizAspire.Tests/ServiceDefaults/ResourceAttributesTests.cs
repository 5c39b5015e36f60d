using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Tests.ServiceDefaults;

public sealed class ResourceAttributesTests
{
    [Fact]
    public void In_Lambda_the_sandbox_is_described_by_what_Lambda_says()
    {
        var attributes = Of(
            ("AWS_LAMBDA_FUNCTION_NAME", "quiz-processor"), ("AWS_LAMBDA_FUNCTION_VERSION", "7"), ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[7]abc"), ("AWS_REGION", "us-west-1"));

        Assert.Equal("quiz-processor", attributes["service.name"]);
        Assert.Equal("2026/11/22/[7]abc", attributes["service.instance.id"]);
        Assert.Equal("aws", attributes["cloud.provider"]);
        Assert.Equal("aws_lambda", attributes["cloud.platform"]);
        Assert.Equal("us-west-1", attributes["cloud.region"]);
        Assert.Equal("quiz-processor", attributes["faas.name"]);
        Assert.Equal("7", attributes["faas.version"]);
        Assert.Equal("2026/11/22/[7]abc", attributes["faas.instance"]);
        Assert.Equal(512L * 1024 * 1024, attributes["faas.max_memory"]);
    }

    [Fact]
    public void What_the_environment_says_wins_and_is_decoded()
    {
        var attributes = Of(
            ("OTEL_SERVICE_NAME", "api"),
            ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=xyz, deployment.environment.name=a%2Cb ,nonsense,=x,service.name=other"),
            ("AWS_LAMBDA_FUNCTION_NAME", "quiz-api"), ("AWS_LAMBDA_LOG_STREAM_NAME", "stream"));

        Assert.Equal("api", attributes["service.name"]);
        Assert.Equal("xyz", attributes["service.instance.id"]);
        Assert.Equal("a,b", attributes["deployment.environment.name"]);
        Assert.Equal("stream", attributes["faas.instance"]);
        Assert.DoesNotContain("nonsense", attributes.Keys);
    }

    [Fact]
    public void A_process_that_nobody_named_has_a_name_and_an_instance_of_its_own()
    {
        Assert.StartsWith("unknown_service", (string)Of()["service.name"], StringComparison.Ordinal);
        Assert.NotEqual(Of()["service.instance.id"], Of()["service.instance.id"]);
        Assert.DoesNotContain("cloud.provider", Of().Keys);
    }

    private static IReadOnlyDictionary<string, object> Of(params (string Name, string Value)[] variables) =>
        ResourceAttributes.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
