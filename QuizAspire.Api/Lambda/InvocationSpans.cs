using System.Diagnostics;
using Amazon.Lambda.Core;
using Microsoft.AspNetCore.Http.Features;
using QuizAspire.Core.Telemetry;
using QuizAspire.ServiceDefaults.Telemetry;

namespace QuizAspire.Api.Lambda;

/// <summary>
/// In Lambda, makes a request's span one of an invocation too, by OpenTelemetry's FaaS conventions, and sends what has been gathered before the answer is
/// given: the process is frozen then. Around everything else in the pipeline.
/// </summary>
internal sealed class InvocationSpans(TelemetryFlush telemetry) : IStartupFilter
{
    /// <summary>What a collector may delay an answer by.</summary>
    public static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(50);

    private bool _warm;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (telemetry.IsOn)
            app.Use(InvokeAsync);
        next(app);
    };

    private async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var span = http.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is { IsAllDataRequested: true })
            Describe(span, http.LambdaInvocation());
        _warm = true;
        try
        {
            await next(http);
        }
        finally
        {
            // ASP.NET Core would stop it after the answer, and finds it stopped.
            span?.Stop();
            await telemetry.FlushAsync(FlushLimit);
        }
    }

    private void Describe(Activity span, ILambdaContext? invocation)
    {
        span.SetTag("faas.trigger", "http");
        span.SetTag("faas.coldstart", !_warm);
        span.SetTag("faas.invocation_id", invocation?.AwsRequestId);
        // A link and no parent: what part of the requests is traced is this API's own setting, and Lambda's header says no to most.
        if (XRayTrace.Parse(Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")) is { } invoked)
            span.AddLink(new ActivityLink(invoked));
    }
}
