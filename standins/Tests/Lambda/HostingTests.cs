using System.Net.Sockets;
using System.Text.RegularExpressions;
using Amazon.CloudFormation.Model;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS.CloudFormation;
using Aspire.Hosting.AWS.Lambda;

namespace Standins.Tests.Lambda;

public class HostingTests
{
    private const string QueueUrl = "http://127.0.0.1:4566/000000000000/q.fifo";

    [Fact]
    public void A_function_brings_the_emulator_and_its_event_source_under_the_real_names()
    {
        var builder = DistributedApplication.CreateBuilder();

        builder.AddAWSLambdaFunction<SampleProject>("quiz-processor", "Sample").WithSQSEventSource(QueueUrl);
        builder.AddAWSLambdaFunction<SampleProject>("other", "Sample").WithSQSEventSource(QueueUrl, new() { ResourceName = "named" });

        Assert.Equal(
            ["LambdaServiceEmulator", "SQSEventSource-quiz-processor", "named", "other", "quiz-processor"],
            builder.Resources.OfType<IResourceWithEnvironment>().Select(resource => resource.Name).Order(StringComparer.Ordinal));
        Assert.Throws<InvalidOperationException>(() => builder.AddAWSLambdaServiceEmulator());
    }

    [Fact]
    public async Task A_function_is_told_its_Runtime_API_and_its_account()
    {
        var builder = DistributedApplication.CreateBuilder();
        var function = builder.AddAWSLambdaFunction<SampleProject>("quiz-processor", "Sample")
            .WithReference(builder.AddAWSSDKConfig().WithRegion("us-west-1").WithProfile("dev"));
        Allocate(builder);
        using var app = builder.Build();

        var environment = await EnvironmentAsync(builder, function.Resource);

        Assert.Equal("localhost:5050/quiz-processor", environment["AWS_LAMBDA_RUNTIME_API"]);
        Assert.Equal(("quiz-processor", "Sample"), (environment["AWS_LAMBDA_FUNCTION_NAME"], environment["_HANDLER"]));
        Assert.Equal(("us-west-1", "us-west-1"), (environment["AWS_REGION"], environment["AWS__Region"]));
        Assert.Equal(("dev", "dev"), (environment["AWS_PROFILE"], environment["AWS__Profile"]));
    }

    [Fact]
    public async Task An_event_source_is_told_queue_function_emulator_and_as_many_batches_as_there_are_instances()
    {
        var builder = DistributedApplication.CreateBuilder();
        var function = builder.AddAWSLambdaFunction<SampleProject>("quiz-processor", "Sample")
            .WithSQSEventSource(QueueUrl, new SQSEventSourceOptions { BatchSize = 10, VisibilityTimeout = 70 });
        function.WithReplicas(5);
        Allocate(builder);
        var source = (ExecutableResource)builder.Resources.Single(resource => resource.Name == "SQSEventSource-quiz-processor");

        var environment = await EnvironmentAsync(builder, source);

        Assert.Equal(
            $"QueueUrl={QueueUrl},FunctionName=quiz-processor,LambdaRuntimeApi=http://localhost:5050,"
                + "BatchSize=10,VisibilityTimeout=70,MaximumConcurrency=5",
            environment["SQS_EVENTSOURCE_CONFIG"]);
    }

    [Theory]
    [InlineData("quiz-processor", "SqsQueueUrl", "SQSEventSource-quiz-processor-SqsQueueUrl")]
    [InlineData("a-function-with-a-name-of-nearly-half", "StatisticsRequestsQueueUrl", "SQSEventSource-a-function-with-a-name-of-nearly-half-sha")]
    [InlineData("a-function-whose-name-alone-leaves-hardly-any-room-for-more", "Url", "SQSEventSource-a-function-whose-name-alone-leaves-hardlysha")]
    public void An_event_source_on_an_output_is_named_after_it_and_a_long_name_ends_in_its_hash(string function, string output, string expected)
    {
        var builder = DistributedApplication.CreateBuilder();
        var stack = builder.AddAWSCloudFormationTemplate("stack", "quiz.template.json");

        builder.AddAWSLambdaFunction<SampleProject>(function, "Sample").WithSQSEventSource(stack.GetOutput(output));

        var name = Assert.Single(builder.Resources, resource => resource.Name.StartsWith("SQSEventSource", StringComparison.Ordinal)).Name;
        Assert.True(name.Length <= 64, name);
        Assert.Equal(expected, Regex.Replace(name, "(?<!Queue)[0-9a-f]{8}$", "sha"));
    }

    [Fact]
    public async Task An_event_source_on_an_output_waits_for_the_stack_and_takes_nothing_but_a_url()
    {
        var builder = DistributedApplication.CreateBuilder();
        var stack = builder.AddAWSCloudFormationTemplate("stack", "quiz.template.json");
        builder.AddAWSLambdaFunction<SampleProject>("quiz-processor", "Sample")
            .WithSQSEventSource(stack.GetOutput("SqsQueueUrl")).WithSQSEventSource(stack.GetOutput("SqsQueueArn"));
        Allocate(builder);
        var resource = (CloudFormationTemplateResource)stack.Resource;
        resource.ProvisioningTaskCompletionSource = new TaskCompletionSource();

        var asked = EnvironmentAsync(builder, Source("SqsQueueUrl"));
        Assert.False(asked.IsCompleted);
        resource.Outputs =
        [
            new Output { OutputKey = "SqsQueueUrl", OutputValue = QueueUrl },
            new Output { OutputKey = "SqsQueueArn", OutputValue = "q.fifo" },
        ];
        resource.ProvisioningTaskCompletionSource.SetResult();

        Assert.StartsWith($"QueueUrl={QueueUrl},FunctionName=quiz-processor,", (await asked)["SQS_EVENTSOURCE_CONFIG"], StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => EnvironmentAsync(builder, Source("SqsQueueArn")));
        Assert.Contains("SqsQueueArn", error.Message, StringComparison.Ordinal);

        IResource Source(string output) => builder.Resources.Single(each => each.Name == $"SQSEventSource-quiz-processor-{output}");
    }

    [Fact]
    public async Task The_children_can_be_given_endpoints_and_credentials_and_start_the_tool_that_was_built()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddAWSLambdaFunction<SampleProject>("quiz-processor", "Sample").WithSQSEventSource(QueueUrl);
        Allocate(builder);
        foreach (var child in builder.Resources.OfType<ExecutableResource>()
            .Where(resource => resource.Name is "LambdaServiceEmulator" or "SQSEventSource-quiz-processor"))
        {
            builder.CreateResourceBuilder(child).WithEnvironment("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:4566");

            Assert.Equal("http://127.0.0.1:4566", (await EnvironmentAsync(builder, child))["AWS_ENDPOINT_URL_SQS"]);
            var arguments = await ArgumentsAsync(child);
            Assert.Equal(("dotnet", "exec", "start"), (child.Command, arguments[0], arguments[2]));
            Assert.True(File.Exists((string)arguments[1]), $"{arguments[1]} exists");
        }
    }

    private static void Allocate(IDistributedApplicationBuilder builder)
    {
        var endpoint = builder.Resources.OfType<LambdaEmulatorResource>().Single().Annotations.OfType<EndpointAnnotation>().Single();
        Assert.Equal((ProtocolType.Tcp, "http"), (endpoint.Protocol, endpoint.UriScheme));
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 5050, targetPortExpression: "5051");
    }

    private static async Task<IList<object>> ArgumentsAsync(ExecutableResource resource)
    {
        var arguments = new List<object>();
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await callback.Callback(new CommandLineArgsCallbackContext(arguments));
        return arguments;
    }

    private static async Task<Dictionary<string, string?>> EnvironmentAsync(IDistributedApplicationBuilder builder, IResource resource)
    {
        var variables = new Dictionary<string, object>();
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await callback.Callback(new EnvironmentCallbackContext(builder.ExecutionContext, resource, variables));
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in variables)
            values[name] = value is IValueProvider provider && !name.StartsWith("OTEL_", StringComparison.Ordinal)
                ? await provider.GetValueAsync() : value as string;
        return values;
    }

    private sealed class SampleProject : IProjectMetadata
    {
        public string ProjectPath => "Sample.csproj";
    }
}
