using System.Diagnostics;

namespace QuizAspire.Tests.Infrastructure;

internal static class CfnLint
{
    /// <summary>Everything that cfn-lint has to say about a template; empty when it finds nothing.</summary>
    public static async Task<string> FindingsAsync(string template)
    {
        var start = new ProcessStartInfo("cfn-lint", [template])
        {
            RedirectStandardOutput = true,
            // Away from settings of whoever runs the tests.
            WorkingDirectory = Path.GetDirectoryName(template),
        };
        using var lint = Process.Start(start)!;
        var findings = await lint.StandardOutput.ReadToEndAsync();
        await lint.WaitForExitAsync();
        return lint.ExitCode == 0 || findings.Length > 0 ? findings : $"cfn-lint ended with {lint.ExitCode}.";
    }
}
