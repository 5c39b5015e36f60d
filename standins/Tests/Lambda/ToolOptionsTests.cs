using Amazon.Lambda.TestTool;
using Amazon.Lambda.TestTool.EventSource;

namespace Standins.Tests.Lambda;

public class ToolOptionsTests
{
    [Fact]
    public void The_emulator_takes_its_port_from_the_variable_that_AppHost_sets()
    {
        var options = Parse(["start", "--no-launch-window", "--config-storage-path", "x"],
            ("LAMBDA_RUNTIME_API_PORT", "4444"), ("LAMBDA_FUNCTION_TIMEOUTS", "a=60, b=3"));

        Assert.Equal(4444, options.EmulatorPort);
        Assert.Equal("127.0.0.1", options.EmulatorHost);
        Assert.Equal(TimeSpan.FromSeconds(60), options.FunctionTimeouts.Of("a"));
        Assert.Equal(TimeSpan.FromSeconds(900), options.FunctionTimeouts.Of("unnamed"));
        Assert.Empty(options.EventSources);
    }

    [Fact]
    public void An_event_source_is_read_from_the_variable_that_an_argument_names()
    {
        var options = Parse(["start", "--sqs-eventsource-config", "env:SOURCE"],
            ("SOURCE", "QueueUrl=http://127.0.0.1:4566/000000000000/q.fifo,FunctionName=f,"
                + "LambdaRuntimeApi=http://127.0.0.1:1,BatchSize=5,MaximumConcurrency=3,VisibilityTimeout=70"));

        Assert.Null(options.EmulatorPort);
        Assert.Equal(
            new SqsEventSourceConfig
            {
                QueueUrl = "http://127.0.0.1:4566/000000000000/q.fifo", FunctionName = "f", LambdaRuntimeApi = "http://127.0.0.1:1",
                BatchSize = 5, MaximumConcurrency = 3, VisibilityTimeout = 70
            },
            Assert.Single(options.EventSources));
    }

    [Fact]
    public void Several_event_sources_are_read_from_JSON()
    {
        var sources = SqsEventSourceConfig.Parse(
            """[{"queueUrl":"http://q/1","functionName":"f"},{"QueueUrl":"http://q/2","FunctionName":"g","DisableMessageDelete":true}]""");

        Assert.Equal(["f", "g"], sources.Select(source => source.FunctionName));
        Assert.Equal([false, true], sources.Select(source => source.DisableMessageDelete));
        Assert.Equal([10, 10], sources.Select(source => source.BatchSize));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("start --unknown")]
    [InlineData("start --lambda-emulator-port")]
    [InlineData("start --lambda-emulator-port 70000")]
    [InlineData("start --sqs-eventsource-config env:MISSING")]
    [InlineData("start --sqs-eventsource-config FunctionName=f")]
    [InlineData("start --sqs-eventsource-config QueueUrl=q,FunctionName=f,BatchSize=11")]
    [InlineData("start --sqs-eventsource-config QueueUrl=q,FunctionName=f,MaximumConcurrency=0")]
    [InlineData("start --sqs-eventsource-config QueueUrl=q,FunctionName=f,DisableMessageDelete=perhaps")]
    [InlineData("start --sqs-eventsource-config {")]
    public void What_cannot_be_run_is_refused_with_a_reason(string arguments) =>
        Assert.NotEmpty(Assert.Throws<ArgumentException>(() => Parse(arguments.Split(' '))).Message);

    [Theory]
    [InlineData("f")]
    [InlineData("f=0")]
    [InlineData("f=901")]
    [InlineData("=3")]
    public void A_timeout_that_Lambda_does_not_have_is_refused(string timeouts) =>
        Assert.Throws<ArgumentException>(() => Parse(["start", "-p", "1"], ("LAMBDA_FUNCTION_TIMEOUTS", timeouts)));

    private static ToolOptions Parse(string[] arguments, params (string Name, string Value)[] variables) =>
        ToolOptions.Parse(arguments, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
