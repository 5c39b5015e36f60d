using Amazon.CDK;
using Constructs;
using QuizAspire.AppHost.Infrastructure.Resources;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>
/// Queues, tables, buckets and topics alone, for a developer whose API and functions run locally against them. Unlike the whole, it takes
/// its data with it when it is deleted.
/// </summary>
internal sealed class QuizResourcesStack : QuizTemplate
{
    public const string Id = "quiz-aspire-resources";

    public QuizResourcesStack(Construct scope)
        : base(scope, Id, "QuizAspire: the queues, tables, buckets and topics of a developer. Deleting it deletes their data.")
    {
        foreach (var output in new QuizResources(this, new ResourceParameters(this), RemovalPolicy.DESTROY).Outputs)
            Output(output);
    }
}
