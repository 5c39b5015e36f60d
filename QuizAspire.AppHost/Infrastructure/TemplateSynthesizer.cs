using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using QuizAspire.AppHost.Embedded;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>
/// Gives the stack's template, from <c>artifacts/cdk/HASH/</c> when one was synthesized from these sources before. Only the child process
/// that synthesizes loads the CDK: a start that finds its template spends nothing on it.
/// </summary>
/// <param name="artifactsDirectory">The directory of everything generated, <c>artifacts/</c> of the repository.</param>
/// <param name="findNode">Gives the path of Node; called only when there is something to synthesize.</param>
internal sealed class TemplateSynthesizer(string artifactsDirectory, Func<string> findNode, TimeProvider time)
{
    private const string TemplateFile = "quiz-aspire.template.json";
    private const string UnfinishedPrefix = ".unfinished-";
    private const int TemplatesKept = 10;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _directory = Path.Combine(artifactsDirectory, "cdk");

    /// <summary>The path of the template; synthesizes it first, which takes seconds, where the sources are new.</summary>
    /// <param name="tell">Told in one line when synthesis begins.</param>
    /// <exception cref="EmbeddedAwsException">Node is missing, or the synthesis failed.</exception>
    public string Synthesize(Action<string>? tell = null)
    {
        var finished = Path.Combine(_directory, Fingerprint());
        var template = Path.Combine(finished, TemplateFile);
        if (File.Exists(template))
            return template;

        tell?.Invoke("Synthesizing the CloudFormation template, because the stack is new or has changed ...");
        var node = findNode();
        var unfinished = Directory.CreateDirectory(Path.Combine(_directory, $"{UnfinishedPrefix}{Guid.NewGuid():N}"));
        try
        {
            Run(node, Path.Combine(unfinished.FullName, "output"), unfinished.CreateSubdirectory("temporary").FullName);
            Publish(Path.Combine(unfinished.FullName, "output"), finished);
        }
        finally
        {
            TryDelete(unfinished);
        }

        Prune();
        return template;
    }

    /// <summary>Over what decides the template: the sources of this folder, which depends on no other, and the CDK's version.</summary>
    internal static string Fingerprint()
    {
        var assembly = typeof(TemplateSynthesizer).Assembly;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("infrastructure/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{source.ReadToEnd()}\n"));
        }

        var cdk = Array.Find(assembly.GetReferencedAssemblies(), reference => reference.Name == "Amazon.CDK.Lib");
        hash.AppendData(Encoding.UTF8.GetBytes($"{cdk}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>A rename is whole or not at all; when another process was faster, its result is as good.</summary>
    private static void Publish(string output, string finished)
    {
        try
        {
            Directory.Move(output, finished);
        }
        catch (IOException) when (File.Exists(Path.Combine(finished, TemplateFile)))
        {
        }
    }

    private static void Run(string node, string output, string temporary)
    {
        var start = new ProcessStartInfo(DotnetPath(), ["exec", typeof(TemplateSynthesizer).Assembly.Location, SynthesizeCommand.Name, output])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JSII_NODE"] = node;
        // The CDK unpacks itself into the temporary directory and leaves it there.
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
            throw new EmbeddedAwsException($"The CloudFormation template was not synthesized within {Limit.TotalMinutes:0} minutes.");
        }

        // Without a limit it also waits for the last lines.
        process.WaitForExit();
        if (process.ExitCode != 0 || !File.Exists(Path.Combine(output, TemplateFile)))
            throw new EmbeddedAwsException($"The CloudFormation template could not be synthesized (exit code {process.ExitCode}):{Environment.NewLine}{said}");

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

    private void Prune()
    {
        var directories = new DirectoryInfo(_directory).GetDirectories();
        var abandoned = directories.Where(directory => directory.Name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal)
            && directory.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - 2 * Limit);
        var old = directories.Where(directory => !directory.Name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal))
            .OrderByDescending(directory => directory.LastWriteTimeUtc).Skip(TemplatesKept);
        foreach (var directory in abandoned.Concat(old).ToArray())
            TryDelete(directory);
    }

    private static void TryDelete(DirectoryInfo directory)
    {
        try
        {
            directory.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process may be at it; what is left is deleted by a later start.
        }
    }
}
