using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>The Runtime API, version 2018-06-01, under each function's own path: what a function's process talks to.</summary>
internal sealed partial class RuntimeApi(
    Functions functions, LambdaEmulatorSettings settings, string region, ILogger logger, CancellationToken stopping)
{
    // These runtimes keep the connection of 'next' open while a handler runs, so that its end is the end of the process.
    private const string ConnectionKeepingRuntime = "aws-lambda-dotnet/";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var runtime = endpoints.MapGroup("/{functionName}/2018-06-01/runtime");
        runtime.MapGet("/invocation/next", NextAsync);
        runtime.MapPost("/invocation/{requestId}/response", ResponseAsync);
        runtime.MapPost("/invocation/{requestId}/error", ErrorAsync);
        runtime.MapPost("/init/error", InitErrorAsync);
    }

    private async Task NextAsync(HttpContext http, string functionName)
    {
        if (functions.GetOrAdd(functionName) is not { } function)
        {
            await Refuse(StatusCodes.Status403Forbidden, "TooManyFunctions", "The emulator knows too many functions already").ExecuteAsync(http);
            return;
        }
        var connection = http.Connection.Id;
        if (function.Connect(connection))
            WatchConnection(http, function, connection);
        if (function.RunningOn(connection) is { } abandoned)
            Crash(function, abandoned);

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var invocation = await function.NextAsync(connection, gone.Token);
        if (invocation is null)
        {
            http.Abort();
            return;
        }

        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            (settings.Time.GetUtcNow() + function.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = FunctionName.Arn(functionName, region);
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        headers.ContentType = "application/json";
        headers.ContentLength = invocation.Payload.Length;
        try
        {
            await http.Response.Body.WriteAsync(invocation.Payload, http.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            Crash(function, invocation.RequestId);
        }
    }

    private async Task<IResult> ResponseAsync(HttpContext http, string functionName, string requestId)
    {
        var (body, size) = await RequestBody.ReadAsync(http.Request, Limits.ResponseBytes, http.RequestAborted);
        var result = body is null ? LambdaErrors.ResponseTooLarge(size) : new InvocationResult(body, IsError: false);
        var answer = End(functionName, requestId, result);
        return body is not null ? answer : Refuse(
            StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({Limits.ResponseBytes} bytes).");
    }

    private async Task<IResult> ErrorAsync(HttpContext http, string functionName, string requestId)
    {
        var (body, size) = await RequestBody.ReadAsync(http.Request, Limits.ResponseBytes, http.RequestAborted);
        return End(functionName, requestId, body is null ? LambdaErrors.ResponseTooLarge(size) : new InvocationResult(body, IsError: true));
    }

    private async Task<IResult> InitErrorAsync(HttpContext http, string functionName)
    {
        var (body, _) = await RequestBody.ReadAsync(http.Request, Limits.ResponseBytes, http.RequestAborted);
        LogInitError(functionName);
        functions.GetOrAdd(functionName)?.FailInitialization(new InvocationResult(body ?? [], IsError: true));
        return Accepted();
    }

    private IResult End(string functionName, string requestId, InvocationResult result)
    {
        var function = functions.Find(functionName);
        if (function is not null && function.TryEnd(requestId, result))
            return Accepted();
        if (function is null || !function.HasTimedOut(requestId))
            return Refuse(StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
        // AWS has killed the process by now. A local one, perhaps stopped at a breakpoint, is left alive to take the next call.
        LogLate(functionName, requestId);
        return Accepted();
    }

    private void WatchConnection(HttpContext http, LambdaFunction function, string connection)
    {
        var isKept = http.Request.Headers.UserAgent.ToString().StartsWith(ConnectionKeepingRuntime, StringComparison.Ordinal);
        http.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed.UnsafeRegister(_ => LeftAsync(), null);

        async void LeftAsync()
        {
            function.Disconnect(connection);
            if (!isKept || function.RunningOn(connection) is not { } requestId)
                return;
            await Task.Delay(settings.DisconnectGrace, settings.Time, CancellationToken.None);
            Crash(function, requestId);
        }
    }

    private void Crash(LambdaFunction function, string requestId)
    {
        if (function.TryEnd(requestId, LambdaErrors.Exit(requestId)))
            LogCrash(function.Name, requestId);
    }

    private static IResult Accepted() =>
        Results.Json(new RuntimeStatus("OK"), EmulatorJson.Default.RuntimeStatus, statusCode: StatusCodes.Status202Accepted);

    private static IResult Refuse(int status, string type, string message) =>
        Results.Json(new FunctionError(type, message), EmulatorJson.Default.FunctionError, statusCode: status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function}: the instance that ran {RequestId} went away without an answer")]
    private partial void LogCrash(string function, string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function}: {RequestId} was answered after its timeout; the answer is dropped")]
    private partial void LogLate(string function, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function}: an instance failed to initialize; its own log says why")]
    private partial void LogInitError(string function);
}
