using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.TestTool.Emulator;

/// <summary>The Invoke operation of the Lambda API, version 2015-03-31.</summary>
internal sealed partial class InvokeApi(
    Functions functions, LambdaEmulatorSettings settings, string region, ILogger logger, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/2015-03-31/functions/{functionName}/invocations", InvokeAsync);

    private async Task InvokeAsync(HttpContext http, string functionName)
    {
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        var type = http.Request.Headers["X-Amz-Invocation-Type"].ToString();
        var isEvent = type == "Event";
        var limit = isEvent ? Limits.EventBytes : Limits.RequestBytes;
        // A name in the path is encoded when it is an ARN.
        if (FunctionName.Parse(Uri.UnescapeDataString(functionName)) is not { } name)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "InvalidParameterValueException", $"'{functionName}' does not name a function");
            return;
        }
        var (body, size) = await RequestBody.ReadAsync(http.Request, limit, http.RequestAborted);
        if (body is null)
        {
            await RefuseAsync(http, StatusCodes.Status413PayloadTooLarge, "RequestTooLargeException",
                $"{size} byte payload is too large for the {(isEvent ? "Event" : "RequestResponse")} invocation type (limit {limit} bytes)");
            return;
        }
        if (body.Length > 0 && !IsJson(body))
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "InvalidRequestContentException", "Could not parse request body into json");
            return;
        }
        var function = functions.Find(name);
        if (settings.FunctionTimeouts.Known.Count == 0 && type != "DryRun")
            function ??= functions.GetOrAdd(name);
        if (function is null || (type == "DryRun" && !function.IsKnown))
        {
            await NotFoundAsync(http, name);
            return;
        }
        var traceId = TraceId(http);
        http.Response.Headers["X-Amzn-Trace-Id"] = traceId;
        var invocation = new Invocation(requestId, body.Length == 0 ? "{}"u8.ToArray() : body, traceId);
        switch (type)
        {
            case "DryRun":
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case "Event":
                await AcceptAsync(http, function, invocation);
                break;
            case "" or "RequestResponse":
                await RespondAsync(http, function, invocation);
                break;
            default:
                await RefuseAsync(http, StatusCodes.Status400BadRequest, "InvalidParameterValueException", $"'{type}' is not an invocation type");
                break;
        }
    }

    private async Task RespondAsync(HttpContext http, LambdaFunction function, Invocation invocation)
    {
        if (!function.TryEnqueue(invocation))
        {
            await ThrottleAsync(http, function);
            return;
        }
        if (!await WaitForInstanceAsync(function, invocation, http.RequestAborted))
        {
            await (function.IsKnown ? ThrottleAsync(http, function) : NotFoundAsync(http, function.Name));
            return;
        }
        var result = await invocation.Ended.WaitAsync(http.RequestAborted);
        if (result.IsError)
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
        http.Response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = result.Payload.Length;
        await http.Response.Body.WriteAsync(result.Payload, http.RequestAborted);
    }

    private async Task AcceptAsync(HttpContext http, LambdaFunction function, Invocation invocation)
    {
        if (!function.TryEnqueue(invocation))
        {
            await ThrottleAsync(http, function);
            return;
        }
        _ = RetryAsync(function, invocation);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    /// <summary>An asynchronous call that fails is made again, with the same request id, as often as Lambda does it.</summary>
    private async Task RetryAsync(LambdaFunction function, Invocation invocation)
    {
        try
        {
            foreach (var pause in settings.EventRetries)
            {
                if (!(await invocation.Ended.WaitAsync(stopping)).IsError)
                    return;
                await Task.Delay(pause, settings.Time, stopping);
                invocation = new Invocation(invocation.RequestId, invocation.Payload, invocation.TraceId);
                while (!function.TryEnqueue(invocation))
                    await Task.Delay(settings.InstanceWait, settings.Time, stopping);
            }
            if ((await invocation.Ended.WaitAsync(stopping)).IsError)
                LogEventFailed(function.Name, invocation.RequestId);
        }
        catch (OperationCanceledException)
        {
            // The emulator stops, and what it held is gone with it.
        }
    }

    /// <summary>False: no instance came in time, and the call is withdrawn; so it is when the caller goes away first.</summary>
    private async Task<bool> WaitForInstanceAsync(LambdaFunction function, Invocation invocation, CancellationToken callerGone)
    {
        try
        {
            await invocation.Started.WaitAsync(settings.InstanceWait, settings.Time, callerGone);
            return true;
        }
        catch (TimeoutException)
        {
            return !function.TryWithdraw(invocation);
        }
        catch (OperationCanceledException)
        {
            function.TryWithdraw(invocation);
            throw;
        }
    }

    private static Task ThrottleAsync(HttpContext http, LambdaFunction function)
    {
        function.CountThrottle();
        return RefuseAsync(
            http, StatusCodes.Status429TooManyRequests, "TooManyRequestsException", "Rate Exceeded.", "ConcurrentInvocationLimitExceeded");
    }

    private Task NotFoundAsync(HttpContext http, string name) =>
        RefuseAsync(http, StatusCodes.Status404NotFound, "ResourceNotFoundException", $"Function not found: {FunctionName.Arn(name, region)}");

    private static Task RefuseAsync(HttpContext http, int status, string type, string message, string? reason = null)
    {
        http.Response.StatusCode = status;
        http.Response.Headers["x-amzn-ErrorType"] = type;
        return http.Response.WriteAsJsonAsync(new ServiceError("User", message, reason), EmulatorJson.Default.ServiceError, "application/json");
    }

    private string TraceId(HttpContext http)
    {
        var given = http.Request.Headers["X-Amzn-Trace-Id"].ToString();
        return given.Length > 0 ? given
            : $"Root=1-{settings.Time.GetUtcNow().ToUnixTimeSeconds():x8}-{RandomNumberGenerator.GetHexString(24, true)};"
                + $"Parent={RandomNumberGenerator.GetHexString(16, true)};Sampled=0";
    }

    private static bool IsJson(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function}: the asynchronous call {RequestId} failed for the last time and is dropped")]
    private partial void LogEventFailed(string function, string requestId);
}
