using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace QuizAspire.ServiceDefaults.Telemetry;

/// <summary>
/// Gives the server's spans their names and attributes by OpenTelemetry's HTTP conventions: the activity that ASP.NET Core 10 starts per
/// request has neither. Leaves health requests, and with them the calls that the checks make, out of the traces, because an orchestrator asks
/// every few seconds and would bury the traces of the system's work.
/// </summary>
internal sealed class RequestSpans : IStartupFilter
{
    // First in the pipeline, so that what any middleware answers is seen.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(DescribeAsync);
        next(app);
    };

    private static Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return next(context);
        if (context.Request.Path.Value is not (HealthEndpoints.Health or HealthEndpoints.Alive))
            return DescribeAsync(span, context, next);

        // Children look at the flag to see whether their trace is kept.
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        return next(context);
    }

    private static async Task DescribeAsync(Activity span, HttpContext context, RequestDelegate next)
    {
        DescribeRequest(span, context.Request);
        try
        {
            await next(context);
            DescribeResponse(span, context, context.Features.Get<IExceptionHandlerFeature>()?.Error);
        }
        catch (Exception error)
        {
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
            DescribeResponse(span, context, error);
            throw;
        }
    }

    private static void DescribeRequest(Activity span, HttpRequest request)
    {
        span.SetTag("http.request.method", MethodOf(request));
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.PathBase.Add(request.Path).Value);
        span.SetTag("server.address", request.Host.Host);
        span.SetTag("server.port", request.Host.Port);
        // Null where no server has read the request off a connection, as in Lambda.
        span.SetTag("network.protocol.version", request.Protocol?.Replace("HTTP/", "", StringComparison.Ordinal));
    }

    private static void DescribeResponse(Activity span, HttpContext context, Exception? error)
    {
        // An exception handler has put its own endpoint, or none, in the place of the one that failed.
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        span.SetTag("http.route", route);
        span.DisplayName = route is null ? MethodOf(context.Request) : $"{MethodOf(context.Request)} {route}";

        var status = context.Response.StatusCode;
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", error?.GetType().FullName ?? status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // Anybody can send any word as a method: the conventions keep names and values few.
    private static string MethodOf(HttpRequest request) =>
        request.Method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" or "TRACE" or "CONNECT" ? request.Method : "_OTHER";
}
