using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

/// <summary>A test that runs the AWS command line against moto; skipped, with the reason, where one of the two is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliFactAttribute : FactAttribute
{
    private static readonly string? Missing = new[] { ("aws", "--version"), (MotoServer.Command, "--help"), ("bash", "--version") }
        .Where(tool => !Tool.Succeeds(tool.Item1, tool.Item2)).Select(tool => tool.Item1).FirstOrDefault();

    public AwsCliFactAttribute()
    {
        if (Missing is not null)
            Skip = $"{Missing} is not installed (pip install awscli 'moto[server]'); this test deploys with the one into the other.";
    }
}
