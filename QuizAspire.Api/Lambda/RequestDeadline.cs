using Amazon.Lambda.Core;

namespace QuizAspire.Api.Lambda;

internal static class RequestDeadline
{
    // Under this name the hosting package leaves the invocation's context.
    private const string LambdaContextItem = "LambdaContext";

    // To answer that the time is over, before Lambda ends the process and the gateway answers in its place.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>The invocation that a request is, or null outside Lambda.</summary>
    public static ILambdaContext? LambdaInvocation(this HttpContext http) => http.Items[LambdaContextItem] as ILambdaContext;

    /// <summary>
    /// In Lambda, aborts a request shortly before its invocation runs out of time. Belongs inside the exception handler, which then still
    /// has a request to answer: a cancelled call to AWS is 503, as any other that failed.
    /// </summary>
    public static void UseLambdaDeadline(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.LambdaInvocation() is not { } invocation)
        {
            await next(http);
            return;
        }
        var left = invocation.RemainingTime - Margin;
        var time = http.RequestServices.GetRequiredService<TimeProvider>();
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        var aborted = http.RequestAborted;
        http.RequestAborted = deadline.Token;
        try
        {
            await next(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }
    });
}
