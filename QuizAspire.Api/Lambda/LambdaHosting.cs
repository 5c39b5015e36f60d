using Amazon.Lambda.Serialization.SystemTextJson;

namespace QuizAspire.Api.Lambda;

internal static class LambdaHosting
{
    private const string FunctionNameVariable = "AWS_LAMBDA_FUNCTION_NAME";

    /// <summary>Whether Lambda runs this program, and freezes it after each answer.</summary>
    public static bool IsLambda => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(FunctionNameVariable));

    /// <summary>
    /// Where Lambda runs this program: requests come from an API Gateway HTTP API instead of a socket, logs go to Lambda's own logger,
    /// and the connections to AWS are made before the first request. Anywhere else it does nothing. To be called first, because it
    /// replaces the loggers that the builder comes with and none that is added after it.
    /// </summary>
    public static void AddLambda(this WebApplicationBuilder builder)
    {
        if (!IsLambda)
            return;
        builder.Services.AddAWSLambdaHosting(LambdaEventSource.HttpApi, new SourceGeneratorLambdaJsonSerializer<GatewayJson>());
        builder.Logging.ClearProviders().AddProvider(new LambdaLogProvider());
        builder.Services.AddHostedService<Priming>();
        // Before the service defaults' own, so around it.
        builder.Services.AddSingleton<IStartupFilter, InvocationSpans>();
    }
}
