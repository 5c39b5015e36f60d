using Amazon.CDK;
using Constructs;
using QuizAspire.AppHost.Infrastructure.Compute;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>The whole infrastructure; its template is the only place where a queue, a table or a limit is written down.</summary>
internal sealed class QuizStack : QuizTemplate
{
    public const string Id = "quiz-aspire";

    /// <param name="packages">The code to deploy; null for a local run, which deploys none.</param>
    public QuizStack(Construct scope, FunctionPackages? packages)
        : base(scope, Id, "QuizAspire: quiz submissions scored and kept, score sheets turned into statistics.")
    {
        var parameters = new ResourceParameters(this, deployed: packages is not null);
        var resources = new QuizResources(this, parameters, RemovalPolicy.RETAIN);
        var compute = new QuizCompute(this, parameters, new ComputeParameters(this), new TelemetryExport(this), resources, packages);

        foreach (var output in resources.Outputs.Concat(compute.Outputs))
            Output(output);
    }
}
