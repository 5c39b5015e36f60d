using Amazon.CDK;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What keeps data alone, for a developer whose API and functions run locally against it; unlike the whole, it is deleted without a trace.</summary>
internal sealed class QuizResourcesStack : Stack
{
    public const string Id = "quiz-aspire-resources";

    public QuizResourcesStack(Construct scope)
        : base(scope, Id, new StackProps
        {
            Description = "QuizAspire: the queues and tables of a developer.",
            Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
        })
    {
        _ = new QuizResources(this, new QuizParameters(this));
    }
}
