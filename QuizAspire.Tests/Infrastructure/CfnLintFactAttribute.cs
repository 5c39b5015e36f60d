using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>A test that needs cfn-lint (`pip install cfn-lint`), and is skipped by name where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CfnLintFactAttribute : FactAttribute
{
    private static readonly bool Present = Tool.Succeeds("cfn-lint", "--version");

    public CfnLintFactAttribute()
    {
        if (!Present)
            Skip = "cfn-lint is not on the PATH (pip install cfn-lint).";
    }
}
