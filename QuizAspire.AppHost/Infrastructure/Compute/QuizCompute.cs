using Constructs;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure.Compute;

/// <summary>What runs: the functions, what they may do, and what calls them.</summary>
internal sealed class QuizCompute : Construct
{
    public QuizCompute(
        Construct scope, ResourceParameters resourceParameters, ComputeParameters parameters, TelemetryExport telemetry, QuizResources resources,
        FunctionPackages? packages)
        : base(scope, "Compute")
    {
        var context = new ComputeContext(resourceParameters, parameters, resources, new CodePackages(this, parameters.AssetsBucket, packages), telemetry);
        var processor = ProcessorFunction.Add(this, context);
        var healthCheck = HealthCheckFunction.Add(this, context);
        var calculator = StatisticsFunctions.AddCalculator(this, context);
        var api = ApiFunction.Add(this, context);
        var http = new HttpApi(this, context, api);
        var notifier = StatisticsFunctions.AddNotifier(this, context, http.Endpoint);
        telemetry.Allow([processor, healthCheck, calculator, api, notifier]);

        Outputs =
        [
            new("LambdaFunctionArn", "ARN of the quiz processor Lambda function", processor.Arn),
            new("HealthCheckLambdaArn", "ARN of the health check Lambda function", healthCheck.Arn),
            new("StatisticsCalculatorLambdaArn", "ARN of the function that computes statistics", calculator.Arn),
            new("ResultNotifierLambdaArn", "ARN of the function that tells about statistics", notifier.Arn),
            new("ApiLambdaArn", "ARN of the API's function", api.Arn),
            new("ApiEndpoint", "URL of the API", http.Endpoint),
        ];
    }

    public IReadOnlyList<QuizOutput> Outputs { get; }
}
