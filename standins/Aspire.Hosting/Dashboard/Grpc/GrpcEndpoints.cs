using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard.Grpc;

/// <summary>
/// Just enough of a gRPC server for one service, on Kestrel's HTTP/2: no registry that this mode runs on serves the packages of the usual one.
/// </summary>
internal sealed partial class GrpcEndpoints(string service, IHostApplicationLifetime lifetime, ILogger logger)
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    public void Map(IEndpointRouteBuilder endpoints, string method, Func<GrpcCall, Task> handler) =>
        endpoints.MapPost($"/{service}/{method}", (RequestDelegate)(context => HandleAsync(context, handler)));

    /// <summary>Answers every other method with <see cref="GrpcStatus.Unimplemented"/>.</summary>
    public void MapUnknown(IEndpointRouteBuilder endpoints) =>
        endpoints.MapFallback(context => HandleAsync(
            context, _ => throw new GrpcException(GrpcStatus.Unimplemented, $"There is no method {context.Request.Path} here.")));

    private async Task HandleAsync(HttpContext context, Func<GrpcCall, Task> handler)
    {
        if (!IsGrpc(context.Request.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity";

        using var deadline = new CancellationTokenSource();
        if (GrpcTimeout.Parse(context.Request.Headers["grpc-timeout"]) is { } timeout)
            deadline.CancelAfter(timeout < LongestTimeout ? timeout : LongestTimeout);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping, deadline.Token);
        var call = new GrpcCall(context, cancellation.Token);

        try
        {
            await handler(call);
            call.End(GrpcStatus.Ok);
        }
        catch (GrpcException exception)
        {
            LogRefused(context.Request.Path, exception.Status, exception.Message);
            call.End(exception.Status, exception.Message);
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return;
            if (deadline.IsCancellationRequested)
                call.End(GrpcStatus.DeadlineExceeded, "The call's deadline has passed.");
            else
                call.End(GrpcStatus.Unavailable, "The application host is stopping.");
        }
        catch (Exception exception)
        {
            LogFailed(exception, context.Request.Path);
            call.End(GrpcStatus.Internal, "The application host failed to answer; its log says why.");
        }
    }

    /// <summary>application/grpc, alone or as application/grpc+proto; not application/grpc-web, which is another protocol.</summary>
    private static bool IsGrpc(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == "application/grpc".Length || contentType["application/grpc".Length] is '+' or ';');

    [LoggerMessage(LogLevel.Debug, "{Method} ended with {Status}: {Message}")]
    private partial void LogRefused(string method, GrpcStatus status, string message);

    [LoggerMessage(LogLevel.Error, "{Method} failed")]
    private partial void LogFailed(Exception exception, string method);
}
