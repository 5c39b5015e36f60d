using System.ComponentModel;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>A test in which a client that nobody here wrote takes part, Python's boto3; skipped, with the reason, where it is not installed.</summary>
internal sealed class BotoFactAttribute : FactAttribute
{
    private static readonly bool IsThere = Probe();

    public BotoFactAttribute()
    {
        if (!IsThere)
            Skip = "python3 with boto3 is not installed; this test sends with it.";
    }

    private static bool Probe()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import boto3"]) { RedirectStandardError = true })!;
            python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
