using System.Net;
using Amazon.Lambda.TestTool.Emulator;

namespace Standins.Tests.Lambda;

public class EmulatorTests
{
    [Fact]
    public async Task A_function_that_is_not_declared_is_not_found_at_once()
    {
        await using var lambda = await EmulatedLambda.StartAsync("known=3");

        var answer = await lambda.InvokeAsync("unknown", "{}");

        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFoundException"), (answer.Status, answer.Headers["x-amzn-ErrorType"]));
        Assert.Contains(":function:unknown", answer.Json.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_declarations_a_call_waits_for_a_function_and_is_not_found_when_none_comes()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            configure: settings => settings with { InstanceWait = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(HttpStatusCode.NotFound, (await lambda.InvokeAsync("f", "{}")).Status);
        Assert.Equal(0, (await lambda.CountsAsync("f"))!.Waiting);
    }

    [Fact]
    public async Task A_declared_function_without_an_instance_throttles_when_the_wait_is_over()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3", settings => settings with { InstanceWait = TimeSpan.FromMilliseconds(200) });

        var answer = await lambda.InvokeAsync("f", "{}");

        Assert.Equal((HttpStatusCode.TooManyRequests, "TooManyRequestsException"), (answer.Status, answer.Headers["x-amzn-ErrorType"]));
        Assert.Equal((0, 1, 0), await lambda.CountsAsync("f") is { } counts ? (counts.Invocations, counts.Throttles, counts.Waiting) : default);
    }

    [Fact]
    public async Task A_call_is_bounded_by_the_functions_timeout_and_a_late_answer_is_dropped()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=1");
        var release = new TaskCompletionSource();
        _ = lambda.Run("f", async (input, _) =>
        {
            if (input == "1")
                await release.Task;
            return input;
        });

        var late = await lambda.InvokeAsync("f", "1");
        Assert.Equal(0, (await lambda.CountsAsync("f"))!.Instances);
        release.SetResult();
        var next = await lambda.InvokeAsync("f", "2");

        Assert.Equal((HttpStatusCode.OK, "Unhandled", "Sandbox.Timedout"), (late.Status, late.FunctionError, late.ErrorType));
        Assert.EndsWith("Task timed out after 1.00 seconds", late.Json.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(("2", null), (next.Body, next.FunctionError));
    }

    [Theory]
    [InlineData(Limits.RequestBytes, null, HttpStatusCode.OK)]
    [InlineData(Limits.RequestBytes + 1, null, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(Limits.EventBytes, "Event", HttpStatusCode.Accepted)]
    [InlineData(Limits.EventBytes + 1, "Event", HttpStatusCode.RequestEntityTooLarge)]
    public async Task An_event_may_be_as_large_as_Lambda_allows(int size, string? type, HttpStatusCode expected)
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        _ = lambda.Run("f", _ => "1");

        var answer = await lambda.InvokeAsync("f", '"' + new string('x', size - 2) + '"', type);

        Assert.Equal(expected, answer.Status);
        Assert.Equal(
            expected == HttpStatusCode.RequestEntityTooLarge ? "RequestTooLargeException" : null,
            answer.Headers.GetValueOrDefault("x-amzn-ErrorType"));
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_a_function_error_and_ends_the_instance()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var instance = lambda.Run("f", input => new string('x', int.Parse(input, System.Globalization.CultureInfo.InvariantCulture)));

        var largest = await lambda.InvokeAsync("f", $"{Limits.ResponseBytes}");
        var tooLarge = await lambda.InvokeAsync("f", $"{Limits.ResponseBytes + 1}");

        Assert.Equal((Limits.ResponseBytes, null), (largest.Body.Length, largest.FunctionError));
        Assert.Equal(("Unhandled", "Function.ResponseSizeTooLarge"), (tooLarge.FunctionError, tooLarge.ErrorType));
        await Assert.ThrowsAsync<Amazon.Lambda.RuntimeSupport.RuntimeApiClientException>(() => instance);
    }

    [Theory]
    [InlineData("f")]
    [InlineData("f:$LATEST")]
    [InlineData("000000000000:function:f")]
    [InlineData("arn:aws:lambda:us-west-1:000000000000:function:f")]
    [InlineData("arn:aws:lambda:us-west-1:000000000000:function:f:live")]
    public async Task A_function_may_be_named_in_every_form_of_the_API(string name)
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3");
        _ = lambda.Run("f", input => input);

        Assert.Equal("{}", (await lambda.InvokeAsync(name, null)).Body);
    }

    [Fact]
    public async Task A_dry_run_only_looks_whether_the_function_is_there()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3");

        Assert.Equal(HttpStatusCode.NoContent, (await lambda.InvokeAsync("f", "{}", "DryRun")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await lambda.InvokeAsync("g", "{}", "DryRun")).Status);
        Assert.Equal(0, (await lambda.CountsAsync("f"))!.Waiting);
    }

    [Theory]
    [InlineData("f", "{", null, "InvalidRequestContentException")]
    [InlineData("f", "{}", "Later", "InvalidParameterValueException")]
    [InlineData("f/../g", "{}", null, "InvalidParameterValueException")]
    public async Task A_request_that_Lambda_would_refuse_is_refused(string function, string payload, string? type, string error)
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3");

        var answer = await lambda.InvokeAsync(function, payload, type);

        Assert.Equal((HttpStatusCode.BadRequest, error), (answer.Status, answer.Headers["x-amzn-ErrorType"]));
    }

    [Fact]
    public async Task An_asynchronous_call_that_fails_is_made_twice_more_with_its_request_id()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            configure: settings => settings with { EventRetries = [TimeSpan.Zero, TimeSpan.Zero] });
        var ids = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _ = lambda.Run("f", (_, context) => { ids.Enqueue(context.AwsRequestId); throw new InvalidOperationException(); });

        Assert.Equal(HttpStatusCode.Accepted, (await lambda.InvokeAsync("f", "{}", "Event")).Status);

        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Errors: 3 }, "three attempts");
        Assert.Equal(3, ids.Count);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task More_calls_than_may_wait_are_throttled_and_counted()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3", settings => settings with { MaxWaiting = 2 });
        var waiting = new[] { lambda.InvokeAsync("f", "1"), lambda.InvokeAsync("f", "2") };
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 2 }, "two calls wait");

        var third = await lambda.InvokeAsync("f", "3");
        _ = lambda.Run("f", input => input);
        var answers = await Task.WhenAll(waiting);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.Status);
        Assert.Equal(["1", "2"], answers.Select(answer => answer.Body).Order());
        Assert.Equal((2, 0, 1), await lambda.CountsAsync("f") is { } counts ? (counts.Invocations, counts.Errors, counts.Throttles) : default);
    }

    [Fact]
    public async Task A_caller_that_goes_away_takes_its_waiting_call_with_it()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=3");
        using var gone = new CancellationTokenSource();
        var call = lambda.Http.PostAsync("/2015-03-31/functions/f/invocations", new StringContent("{}"), gone.Token);
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 1 }, "the call waits");

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Waiting: 0 }, "the call is withdrawn");
    }

    [Fact]
    public async Task The_health_endpoint_answers()
    {
        await using var lambda = await EmulatedLambda.StartAsync();

        Assert.Equal("health", await lambda.Http.GetStringAsync(LambdaEmulator.HealthPath));
    }
}
