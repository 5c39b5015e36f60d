using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace QuizAspire.Tests.Support.Otlp;

/// <summary>What a collector answers, by its mode, over either protocol.</summary>
internal static class CollectorAnswers
{
    public const string RedirectedPath = "/redirected";

    private const int GrpcInternal = 13, GrpcUnavailable = 14;

    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(50);

    public static async Task WriteAsync(CollectorMode mode, HttpContext http, bool isGrpc)
    {
        var response = http.Response;
        switch (mode)
        {
            case CollectorMode.Hanging:
                await http.RequestAborted.AsTask();
                break;
            case CollectorMode.Closing:
                http.Abort();
                break;
            case CollectorMode.Redirecting:
                response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                response.Headers.Location = $"http://{http.Request.Host}{RedirectedPath}";
                break;
            case CollectorMode.Failing when isGrpc:
                EndGrpc(response, GrpcInternal);
                break;
            case CollectorMode.Unavailable when isGrpc:
                EndGrpc(response, GrpcUnavailable);
                break;
            case CollectorMode.Failing:
                response.StatusCode = StatusCodes.Status500InternalServerError;
                await response.WriteAsync("A defect.", http.RequestAborted);
                break;
            case CollectorMode.Unavailable:
                response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                response.Headers.RetryAfter = "3600";
                break;
            case CollectorMode.SlowDrip:
                Begin(response, isGrpc);
                await WriteForEverAsync(http, new byte[1], DripInterval);
                break;
            case CollectorMode.EndlessBody:
                Begin(response, isGrpc);
                await WriteForEverAsync(http, new byte[64 * 1024], pause: null);
                break;
            case CollectorMode.Nonsense:
                Begin(response, isGrpc);
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes("<html>This is no collector.</html>"), http.RequestAborted);
                break;
            default:
                Begin(response, isGrpc);
                if (isGrpc)
                {
                    // An empty message: not compressed, no bytes.
                    await response.Body.WriteAsync(new byte[5], http.RequestAborted);
                    EndGrpc(response, status: 0);
                }

                break;
        }
    }

    private static void Begin(HttpResponse response, bool isGrpc) =>
        response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";

    private static void EndGrpc(HttpResponse response, int status)
    {
        response.ContentType = "application/grpc";
        var value = status.ToString(CultureInfo.InvariantCulture);
        if (response.HasStarted)
            response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()!.Trailers["grpc-status"] = value;
        else
            response.Headers["grpc-status"] = value;
    }

    private static async Task WriteForEverAsync(HttpContext http, byte[] part, TimeSpan? pause)
    {
        using var timer = pause is { } interval ? new PeriodicTimer(interval) : null;
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            // Kestrel takes at once what is written to a connection that is gone; that it is gone is told by a thread that must get its turn.
            await Task.Yield();
            if (timer is not null)
                await timer.WaitForNextTickAsync(http.RequestAborted);
        }
    }
}
