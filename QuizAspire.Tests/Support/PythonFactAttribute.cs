using System.ComponentModel;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>A test that needs Python 3, and is skipped with that reason where there is none.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    public const string Python = "python3";

    private static readonly bool IsThere = Probe();

    public PythonFactAttribute()
    {
        if (!IsThere)
            Skip = $"{Python} is not on the PATH; this test compares with what Python computes.";
    }

    private static bool Probe()
    {
        try
        {
            var start = new ProcessStartInfo(Python, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
