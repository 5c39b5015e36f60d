using System.ComponentModel;
using System.Diagnostics;

namespace QuizAspire.Tests.Support;

/// <summary>Programs that a test needs and that a machine may lack.</summary>
internal static class Tool
{
    /// <summary>Is it there, and does it end well when it is called so?</summary>
    public static bool Succeeds(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            // At once, since a full pipe would hold the program up.
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
