namespace QuizAspire.Tests.Support;

/// <summary>
/// A test that deploys into CloudFormation as moto has it, a model of AWS that nobody here wrote; skipped, with the reason, where
/// moto_server or boto3 is not installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Tool.Succeeds(MotoServer.Command, "--help") && Tool.Succeeds("python3", "-c", "import boto3");

    public MotoFactAttribute()
    {
        if (!IsThere)
            Skip = "moto_server or boto3 is not installed (pip install 'moto[server]' boto3); this test deploys into it.";
    }
}
