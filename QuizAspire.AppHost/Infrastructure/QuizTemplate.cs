using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>What the stacks share: how they deploy, how their resources are named in the template, and the seed's tags.</summary>
internal abstract class QuizTemplate : Stack
{
    // Parts of a path that say nothing: the layers, and the CDK's name for what is alone in its scope.
    private static readonly string[] Unsaid = ["Resources", "Compute", "Default"];

    protected QuizTemplate(Construct scope, string id, string description)
        : base(scope, id, new StackProps
        {
            Description = description,
            // The template deploys with the caller's own rights, so it need not check for a bootstrapped account.
            Synthesizer = new DefaultStackSynthesizer(new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false }),
        })
    {
        foreach (var (key, value) in StackTags.All)
            Tag(key, value);
    }

    /// <summary>
    /// On every resource but the key, whose tags moto's CloudFormation fails on. In an account they reach the key too: the CDK, and
    /// the commands of the published guide, give them to the stack itself, and CloudFormation hands on what a stack is tagged with.
    /// </summary>
    private void Tag(string key, string value) =>
        Amazon.CDK.Tags.Of(this).Add(key, value, new TagProps { ExcludeResourceTypes = [CfnKey.CFN_RESOURCE_TYPE_NAME] });

    protected void Output(QuizOutput output) =>
        _ = new CfnOutput(this, output.Name, new CfnOutputProps { Description = output.Description, Value = output.Value });

    /// <summary>
    /// The path of the construct as one word. The CDK would add a hash to keep apart what is built twice in one stack; nothing here is, and
    /// these names are what a deployment's events show. Two of one name fail the synthesis.
    /// </summary>
    protected override string AllocateLogicalId(CfnElement cfnElement) =>
        string.Concat(cfnElement.Node.Path.Split('/').Skip(1).Where(part => !Unsaid.Contains(part)));
}

/// <summary>A value that the stack tells whoever deploys it.</summary>
internal sealed record QuizOutput(string Name, string Description, string Value);
