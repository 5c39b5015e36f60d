using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.Lambda.RuntimeSupport;

namespace Standins.Tests.Lambda;

public class RuntimeLoopTests
{
    [Fact]
    public async Task A_call_is_answered_by_the_handler_and_told_what_it_needs()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        _ = lambda.Run("f", (input, context) => Task.FromResult(JsonSerializer.Serialize(new
        {
            input, context.InvokedFunctionArn, context.TraceId, context.AwsRequestId, remaining = context.RemainingTime.TotalSeconds
        })));

        var answer = await lambda.InvokeAsync("f", """{"n":1}""",
            traceId: "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1");

        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.FunctionError));
        Assert.Equal("""{"n":1}""", answer.Json.GetProperty("input").GetString());
        Assert.EndsWith(":function:f", answer.Json.GetProperty("InvokedFunctionArn").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Root=1-67891233-", answer.Json.GetProperty("TraceId").GetString(), StringComparison.Ordinal);
        Assert.Equal(answer.Headers["x-amzn-RequestId"], answer.Json.GetProperty("AwsRequestId").GetString());
        Assert.InRange(answer.Json.GetProperty("remaining").GetDouble(), 20, 30);
    }

    [Fact]
    public async Task An_exception_is_reported_with_type_message_stack_and_causes_and_the_loop_goes_on()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        _ = lambda.Run("f", input => input == "1" ? throw new InvalidOperationException("outer \"quoted\"", new FormatException("inner")) : "2");

        var failed = await lambda.InvokeAsync("f", "1");
        var next = await lambda.InvokeAsync("f", "3");

        Assert.Equal((HttpStatusCode.OK, "Unhandled"), (failed.Status, failed.FunctionError));
        Assert.Equal("InvalidOperationException", failed.ErrorType);
        Assert.Equal("outer \"quoted\"", failed.Json.GetProperty("errorMessage").GetString());
        Assert.NotEqual(0, failed.Json.GetProperty("stackTrace").GetArrayLength());
        Assert.Equal("FormatException", failed.Json.GetProperty("cause").GetProperty("errorType").GetString());
        Assert.Equal(("2", null), (next.Body, next.FunctionError));
    }

    [Fact]
    public async Task The_initializer_runs_once_before_the_first_call_is_asked_for()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var order = new ConcurrentQueue<string>();
        var release = new TaskCompletionSource();
        _ = lambda.Run("f", (_, _) => { order.Enqueue("call"); return Task.FromResult("1"); },
            async () => { await release.Task; order.Enqueue("init"); return true; });

        var first = lambda.InvokeAsync("f", "1");
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 1, Instances: 0 }, "the call waits for the instance");
        release.SetResult();
        await first;
        await lambda.InvokeAsync("f", "1");

        Assert.Equal(["init", "call", "call"], order);
    }

    [Fact]
    public async Task A_failed_initializer_ends_the_instance_and_answers_the_call_that_waited_for_it()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=5");
        var waiting = lambda.InvokeAsync("f", "1");
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 1 }, "the call waits");

        var instance = lambda.Run("f", (_, _) => Task.FromResult("1"), () => throw new InvalidOperationException("no table"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => instance);
        var answer = await waiting;
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(("InvalidOperationException", "no table"), (answer.ErrorType, answer.Json.GetProperty("errorMessage").GetString()));
    }

    [Fact]
    public async Task An_initializer_that_says_no_ends_the_loop_without_an_error()
    {
        await using var lambda = await EmulatedLambda.StartAsync();

        await lambda.Run("f", (_, _) => Task.FromResult("1"), () => Task.FromResult(false));

        Assert.Null(await lambda.CountsAsync("f"));
    }

    [Fact]
    public async Task Several_instances_share_the_calls_and_none_is_handed_out_twice()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var handled = new ConcurrentBag<string>();
        var together = new Barrier(3);
        for (var instance = 0; instance < 3; instance++)
            _ = lambda.Run("f", input => { together.SignalAndWait(TimeSpan.FromSeconds(10)); handled.Add(input); return input; });
        await lambda.UntilInstancesAsync("f", 3);

        // Three at a time pass the barrier, so each trio was in three instances at once.
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => lambda.InvokeAsync("f", $"{n}")));

        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"{n}"), answers.Select(answer => answer.Body));
        Assert.Equal(30, handled.Distinct().Count());
        Assert.Equal(30, handled.Count);
    }

    [Fact]
    public async Task Calls_that_wait_are_handed_out_in_their_order()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var calls = new List<Task<Invoked>>();
        for (var n = 1; n <= 20; n++)
        {
            calls.Add(lambda.InvokeAsync("f", $"{n}"));
            var waiting = n;
            await Eventually.Is(async () => (await lambda.CountsAsync("f"))?.Waiting == waiting, $"{waiting} calls wait");
        }
        var order = new ConcurrentQueue<string>();
        _ = lambda.Run("f", input => { order.Enqueue(input); return input; });
        await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(1, 20).Select(n => $"{n}"), order);
    }

    [Fact]
    public async Task A_loop_without_a_Runtime_API_ends_with_the_reason()
    {
        using var bootstrap = LambdaBootstrapBuilder.Create((input, _) => Task.FromResult(input))
            .ConfigureOptions(options => options.RuntimeApiEndpoint = "127.0.0.1:1/f").Build();

        await Assert.ThrowsAsync<HttpRequestException>(() => bootstrap.RunAsync());
    }
}
