using QuizAspire.AppHost.Embedded;
using QuizAspire.AppHost.Embedded.Provisioning;
using QuizAspire.AppHost.Infrastructure;

namespace QuizAspire.AppHost;

/// <summary>The stack's template with everything resolved for the ports and parameters of this run.</summary>
internal static class QuizStackPlan
{
    /// <exception cref="EmbeddedAwsException">The stack cannot be synthesized, or a parameter is not one of its own or out of its range.</exception>
    public static StackPlan For(ProjectFolders folders, LaunchOptions options)
    {
        var synthesizer = new TemplateSynthesizer(folders.Artifacts, () => NodeLocator.Find(folders.Tools), TimeProvider.System);
        var template = File.ReadAllText(synthesizer.Synthesize(Console.WriteLine).Stack);
        return StackPlanner.Plan(template, QuizStack.Id, new EmulatorAddresses(options.Ports.SqsSnsS3, options.Ports.DynamoDb), options.Parameters);
    }
}
