using System.Net;
using System.Text.Json;
using QuizAspire.Tests.Support;
using Standins.Tests.Lambda;

namespace Standins.Tests.LambdaHosting;

/// <summary>A web application's executable as Lambda runs it, and as anybody else does.</summary>
public class HttpFunctionProcessTests
{
    [Fact]
    public async Task In_lambda_requests_come_from_the_runtime_api_and_one_that_fails_does_not_end_the_function()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        await using var function = Start(("AWS_LAMBDA_FUNCTION_NAME", "f"), ("AWS_LAMBDA_RUNTIME_API", $"{lambda.Host}/f"));

        var server = await ServeAsync(lambda, new GatewayEvent("GET", "/server"));
        var failed = await ServeAsync(lambda, new GatewayEvent("GET", "/fail"));
        var echo = await ServeAsync(lambda, new GatewayEvent("POST", "/echo").WithText("hällo", "text/plain"));

        Assert.Equal((200, "HttpApiServer"), (server.StatusCode, server.Body));
        Assert.Equal((500, ""), (failed.StatusCode, failed.Body));
        Assert.Equal((200, "hällo"), (echo.StatusCode, echo.Body));
    }

    [Fact]
    public async Task An_event_that_is_no_request_is_an_error_of_its_invocation_and_a_line_of_json_in_the_log()
    {
        await using var lambda = await EmulatedLambda.StartAsync("f=30");
        await using var function = Start(
            ("AWS_LAMBDA_FUNCTION_NAME", "f"), ("AWS_LAMBDA_RUNTIME_API", $"{lambda.Host}/f"), ("AWS_LAMBDA_LOG_FORMAT", "JSON"));

        var failed = await lambda.InvokeAsync("f", """{"Records":[]}""");

        Assert.Equal("Unhandled", failed.FunctionError);
        await function.UntilSaysAsync(failed.Headers["x-amzn-RequestId"]);
        var line = JsonElement.Parse(function.Lines.Single(line => line.StartsWith('{')));
        Assert.Equal(
            ("Error", failed.Headers["x-amzn-RequestId"], "System.NullReferenceException"),
            (line.GetProperty("level").GetString(), line.GetProperty("requestId").GetString(), line.GetProperty("errorType").GetString()));
        Assert.NotEqual(0, line.GetProperty("stackTrace").GetArrayLength());
        Assert.Equal(200, (await ServeAsync(lambda, new GatewayEvent("GET", "/server"))).StatusCode);
    }

    [Fact]
    public async Task Outside_lambda_the_same_executable_listens_on_a_socket()
    {
        await using var program = Start(("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        await program.UntilSaysAsync("Now listening on: ");
        var address = program.Lines.First(line => line.Contains("Now listening on: ", StringComparison.Ordinal)).Split("on: ")[1];
        using var http = new HttpClient();

        Assert.StartsWith("Kestrel", await http.GetStringAsync($"{address}/server"), StringComparison.Ordinal);
    }

    private static ChildProcess Start(params (string Name, string Value)[] environment) => ChildProcess.Start(
        "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "SampleHttpFunction.dll")],
        environment.ToDictionary(variable => variable.Name, variable => variable.Value));

    private static async Task<GatewayAnswer> ServeAsync(EmulatedLambda lambda, GatewayEvent request)
    {
        var answer = await lambda.InvokeAsync("f", request.ToJson());
        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.FunctionError));
        return new GatewayAnswer(answer.Body);
    }
}
