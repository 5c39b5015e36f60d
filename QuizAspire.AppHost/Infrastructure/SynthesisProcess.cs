using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>Runs <see cref="SynthesizeCommand"/> in a process of its own.</summary>
internal static class SynthesisProcess
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <param name="node">Path of Node.</param>
    /// <param name="output">Where the cloud assembly is written.</param>
    /// <param name="packages">The code to deploy; null for a local run's templates.</param>
    /// <param name="expected">Path of the file that a successful synthesis has written.</param>
    /// <exception cref="LaunchException">It failed, with everything that it said, or took longer than <see cref="Limit"/>.</exception>
    public static void Run(string node, string output, FunctionPackages? packages, string expected)
    {
        // Of the system's and not among our own: the CDK's runtime starts Node on a path there, and does not quote it. It also leaves it behind.
        var temporary = Directory.CreateTempSubdirectory("quizaspire-cdk-");
        try
        {
            Run(node, output, temporary.FullName, packages);
        }
        finally
        {
            TemplateSynthesizer.TryDelete(temporary);
        }

        if (!File.Exists(expected))
            throw new LaunchException($"The synthesis ended well, but has not written {expected}.");
    }

    private static void Run(string node, string output, string temporary, FunctionPackages? packages)
    {
        string[] arguments = ["exec", typeof(SynthesisProcess).Assembly.Location, .. SynthesizeCommand.Arguments(output, packages)];
        var start = new ProcessStartInfo(DotnetPath(), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JSII_NODE"] = node;
        foreach (var variable in (string[])["TMPDIR", "TMP", "TEMP"])
            start.Environment[variable] = temporary;

        var said = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new LaunchException($"The CloudFormation template was not synthesized within {Limit.TotalMinutes:0} minutes.");
        }

        // Without a limit it also waits for the last lines.
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new LaunchException(
                $"The CloudFormation template could not be synthesized (exit code {process.ExitCode}):{Environment.NewLine}{said}");

        void Append(string? line)
        {
            lock (said)
                said.AppendLine(line);
        }
    }

    /// <summary>The host of the runtime that runs this: under a test runner the current process is not one that could be started again.</summary>
    private static string DotnetPath()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }
}
