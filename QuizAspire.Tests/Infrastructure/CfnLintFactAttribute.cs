using System.Diagnostics;

namespace QuizAspire.Tests.Infrastructure;

/// <summary>A test that needs cfn-lint (`pip install cfn-lint`), and is skipped by name where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CfnLintFactAttribute : FactAttribute
{
    private static readonly bool Present = CanRun();

    public CfnLintFactAttribute()
    {
        if (!Present)
            Skip = "cfn-lint is not on the PATH (pip install cfn-lint).";
    }

    private static bool CanRun()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("cfn-lint", "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
