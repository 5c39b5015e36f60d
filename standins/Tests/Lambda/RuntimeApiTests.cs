using System.Net;
using System.Text;

namespace Standins.Tests.Lambda;

/// <summary>The Runtime API as a runtime of any language may use it.</summary>
public class RuntimeApiTests
{
    [Fact]
    public async Task A_request_id_can_be_answered_once_and_by_its_own_function()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        using var runtime = new RawRuntime(lambda);
        var call = lambda.InvokeAsync("f", "{}");
        var id = await runtime.NextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await runtime.RespondAsync("made-up"));
        Assert.Equal(HttpStatusCode.BadRequest, await runtime.RespondAsync(id, function: "g"));
        Assert.Equal(HttpStatusCode.Accepted, await runtime.RespondAsync(id));
        Assert.Equal(HttpStatusCode.BadRequest, await runtime.RespondAsync(id));
        Assert.Equal("\"done\"", (await call).Body);
    }

    [Fact]
    public async Task An_instance_that_asks_for_more_before_it_answers_has_lost_its_call()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        using var runtime = new RawRuntime(lambda);
        var lost = lambda.InvokeAsync("f", "1");
        await runtime.NextAsync();

        var next = runtime.NextAsync();

        Assert.Equal(("Unhandled", "Runtime.ExitError"), ((await lost).FunctionError, (await lost).ErrorType));
        var call = lambda.InvokeAsync("f", "2");
        await runtime.RespondAsync(await next);
        Assert.Null((await call).FunctionError);
    }

    [Fact]
    public async Task An_instance_whose_connection_ends_in_mid_call_has_crashed()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var runtime = new RawRuntime(lambda, "aws-lambda-dotnet/10");
        var call = lambda.InvokeAsync("f", "{}");
        await runtime.NextAsync();

        runtime.Dispose();

        var answer = await call.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((HttpStatusCode.OK, "Unhandled", "Runtime.ExitError"), (answer.Status, answer.FunctionError, answer.ErrorType));
        Assert.Equal(0, (await lambda.CountsAsync("f"))!.Instances);
    }

    [Fact]
    public async Task A_runtime_that_opens_a_connection_for_each_request_has_not_crashed()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            configure: settings => settings with { DisconnectGrace = TimeSpan.FromMilliseconds(50) });
        var call = lambda.InvokeAsync("f", "{}");
        string id;
        using (var fetching = new RawRuntime(lambda, "curl/8"))
            id = await fetching.NextAsync();
        await Eventually.Is(async () => await lambda.CountsAsync("f") is { Running: 1, Instances: 1 }, "the call runs");

        using var answering = new RawRuntime(lambda, "curl/8");

        Assert.Equal(HttpStatusCode.Accepted, await answering.RespondAsync(id));
        Assert.Null((await call).FunctionError);
    }

    [Fact]
    public async Task An_instance_that_leaves_while_it_waits_is_not_given_a_call()
    {
        await using var lambda = await EmulatedLambda.StartAsync();
        var leaving = new RawRuntime(lambda);
        _ = leaving.NextAsync();
        await lambda.UntilInstancesAsync("f", 1);
        leaving.Dispose();
        await lambda.UntilInstancesAsync("f", 0);

        var call = lambda.InvokeAsync("f", "5");
        _ = lambda.Run("f", input => input);

        Assert.Equal("5", (await call).Body);
    }

    private sealed class RawRuntime : IDisposable
    {
        private readonly HttpClient _http;

        public RawRuntime(EmulatedLambda lambda, string userAgent = "test/1")
        {
            _http = new HttpClient { BaseAddress = lambda.Http.BaseAddress };
            _http.DefaultRequestHeaders.Add("User-Agent", userAgent);
        }

        public async Task<string> NextAsync()
        {
            using var response = await _http.GetAsync("/f/2018-06-01/runtime/invocation/next");
            return response.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        }

        public async Task<HttpStatusCode> RespondAsync(string id, string function = "f")
        {
            using var response = await _http.PostAsync($"/{function}/2018-06-01/runtime/invocation/{id}/response",
                new StringContent("\"done\"", Encoding.UTF8, "application/json"));
            return response.StatusCode;
        }

        public void Dispose() => _http.Dispose();
    }
}
