using System.Net;
using System.Net.Sockets;
using Amazon.Lambda.TestTool.Emulator;
using Standins.Tests.Sqs;

namespace Standins.Tests.Lambda;

/// <summary>Emulator, event source and function as AppHost runs them: a process each.</summary>
public class LambdaProcessTests(Fauxqs fauxqs) : IClassFixture<Fauxqs>
{
    private static readonly Dictionary<string, string> NoVariables = [];

    [Fact]
    public async Task A_function_that_is_killed_in_mid_call_is_an_error_at_once_and_the_next_instance_takes_over()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=60");
        await using var first = ChildProcess.StartFunction($"{lambda.Host}/f");
        var killed = lambda.InvokeAsync("f", Event("hang"));
        await first.UntilSaysAsync("hang");

        first.Kill();
        var answer = await killed.WaitAsync(TimeSpan.FromSeconds(10));
        await using var second = ChildProcess.StartFunction($"{lambda.Host}/f");
        var next = await lambda.InvokeAsync("f", Event("ok"));

        Assert.Equal((HttpStatusCode.OK, "Unhandled", "Runtime.ExitError"), (answer.Status, answer.FunctionError, answer.ErrorType));
        Assert.Equal(("""{"batchItemFailures":[]}""", null), (next.Body, next.FunctionError));
    }

    [Fact]
    public async Task A_function_that_ends_itself_is_an_error_for_the_call_that_made_it_do_so()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=60");
        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f");

        Assert.Equal("Runtime.ExitError", (await lambda.InvokeAsync("f", Event("exit"))).ErrorType);
        Assert.Equal(3, await function.EndAsync());
    }

    [Fact]
    public async Task A_function_that_hangs_beyond_its_timeout_is_killed_so_that_another_instance_can_start()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=1");
        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f");

        Assert.Equal("Sandbox.Timedout", (await lambda.InvokeAsync("f", Event("hang"))).ErrorType);
        await function.UntilSaysAsync("over its timeout");
        Assert.Equal(137, await function.EndAsync());
    }

    [Fact]
    public async Task A_function_whose_initialization_fails_ends_and_its_caller_is_told_why()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=60");
        var call = lambda.InvokeAsync("f", Event("ok"));
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 1 }, "the call waits");

        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f", ("FAIL_INITIALIZATION", "no such table"));

        Assert.Equal("no such table", (await call).Json.GetProperty("errorMessage").GetString());
        Assert.NotEqual(0, await function.EndAsync());
        Assert.Contains(function.Lines, line => line.Contains("no such table", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_trace_header_of_a_call_is_in_the_functions_environment()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=60");
        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f");
        const string Header = "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1";

        await lambda.InvokeAsync("f", Event("trace"), traceId: Header);

        await function.UntilSaysAsync(Header);
    }

    [Fact]
    public async Task A_batch_of_a_killed_function_is_delivered_to_the_next_one()
    {
        using var queue = await TestQueue.CreateAsync(fauxqs, visibilityTimeout: 2);
        var port = FreePort();
        await using var emulator = ChildProcess.StartTool(
            new Dictionary<string, string> { ["LAMBDA_FUNCTION_TIMEOUTS"] = "f=60" }, "--lambda-emulator-port", $"{port}");
        await UntilHealthyAsync(port);
        await using var source = ChildProcess.StartTool(SqsEnvironment(), "--sqs-eventsource-config",
            $"QueueUrl={queue.Url},FunctionName=f,LambdaRuntimeApi=http://127.0.0.1:{port}");
        await using var first = ChildProcess.StartFunction($"127.0.0.1:{port}/f");
        await queue.SendAsync("a", "hang-once");
        await first.UntilSaysAsync("hang-once");

        first.Kill();
        await using var second = ChildProcess.StartFunction($"127.0.0.1:{port}/f");
        await queue.UntilEmptyAsync();

        Assert.Single(first.Lines, line => line.Contains("hang-once", StringComparison.Ordinal));
        Assert.Single(second.Lines, line => line.Contains("hang-once", StringComparison.Ordinal));
        Assert.Equal(0, await source.TerminateAsync());
        Assert.Equal(0, await emulator.TerminateAsync());
    }

    [Fact]
    public async Task A_function_ends_at_the_signal_that_AppHost_stops_it_with()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=60");
        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f");
        await lambda.UntilInstancesAsync("f", 1);

        Assert.Equal(143, await function.TerminateAsync());
        await lambda.UntilInstancesAsync("f", 0);
    }

    [Fact]
    public async Task Arguments_that_ask_for_nothing_are_an_error_with_a_reason()
    {
        await using var tool = ChildProcess.StartTool(NoVariables);

        Assert.Equal(1, await tool.EndAsync());
        await tool.UntilSaysAsync("Nothing to start");
    }

    [BotoFact]
    public async Task Boto3_sees_what_it_would_see_of_AWS()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=1");
        await using var function = ChildProcess.StartFunction($"{lambda.Host}/f");

        await using var python = ChildProcess.Start("python3", ["-c", BotoFactAttribute.Script, lambda.Url], SqsEnvironment());

        Assert.Equal(0, await python.EndAsync());
        Assert.Equal(
            [
                """200 None {"batchItemFailures":[]}""", "200 Unhandled InvalidOperationException", "200 Unhandled Sandbox.Timedout",
                    "202 None", "204 None",
                "ResourceNotFoundException 404", "RequestTooLargeException 413", "InvalidRequestContentException 400"
            ],
            python.Lines);
    }

    private Dictionary<string, string> SqsEnvironment() => new()
    {
        ["AWS_ENDPOINT_URL_SQS"] = fauxqs.Url, ["AWS_REGION"] = "us-west-1", ["AWS_ACCESS_KEY_ID"] = "access", ["AWS_SECRET_ACCESS_KEY"] = "secret"
    };

    private static string Event(string body) =>
        $$$"""{"Records":[{"messageId":"m","body":"{{{body}}}","attributes":{"ApproximateReceiveCount":"1"}}]}""";

    private static Task UntilHealthyAsync(int port) => Eventually.Is(async () =>
    {
        using var http = new HttpClient();
        try
        {
            return await http.GetStringAsync($"http://127.0.0.1:{port}{LambdaEmulator.HealthPath}") == "health";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, "the emulator is up");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
