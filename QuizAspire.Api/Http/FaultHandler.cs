using Microsoft.AspNetCore.Diagnostics;
using QuizAspire.Core.Aws;
using IExceptionHandler = Microsoft.AspNetCore.Diagnostics.IExceptionHandler;

namespace QuizAspire.Api.Http;

/// <summary>
/// What no handler foresaw: AWS that cannot be reached is a 503 that says when to come back, anything else a 500 that tells nothing.
/// </summary>
internal sealed partial class FaultHandler(ILogger<FaultHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // for the telemetry; nobody is there to be answered
            return true;
        }
        await Describe(exception, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName).ExecuteAsync(httpContext);
        return true;
    }

    private Refusal Describe(Exception exception, string? endpoint)
    {
        if (exception is BadHttpRequestException bad)
            return Refusal.Of(bad.StatusCode, "request", "could not be read");
        if (ServiceFailures.IsFailure(exception))
        {
            LogUnavailable(exception, endpoint);
            return Refusal.Unavailable("A store did not answer; nothing was accepted. Send the same request again.", RetryAfter);
        }

        LogFault(exception, endpoint);
        return Refusal.Fault("The server failed; the request is not to blame.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "AWS did not answer {Endpoint}")]
    private partial void LogUnavailable(Exception exception, string? endpoint);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error in {Endpoint}")]
    private partial void LogFault(Exception exception, string? endpoint);
}
