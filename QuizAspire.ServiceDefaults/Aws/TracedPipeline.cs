using Amazon.Runtime.Internal;

namespace QuizAspire.ServiceDefaults.Aws;

/// <summary>Puts <see cref="AwsCallSpans"/> around every call of the clients that are made from now on.</summary>
internal sealed class TracedPipeline : IRuntimePipelineCustomizer
{
    public string UniqueName => AwsCallSpans.SourceName;

    public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandler(new AwsCallSpans());
}
