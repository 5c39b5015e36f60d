using System.ComponentModel;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>
/// A test that deploys into CloudFormation as moto has it, a model of AWS that nobody here wrote; skipped, with the reason, where
/// moto_server or boto3 is not installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MotoFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Succeeds(MotoServer.Command, "--help") && Succeeds("python3", "-c", "import boto3");

    public MotoFactAttribute()
    {
        if (!IsThere)
            Skip = "moto_server or boto3 is not installed (pip install 'moto[server]' boto3); this test deploys into it.";
    }

    private static bool Succeeds(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
