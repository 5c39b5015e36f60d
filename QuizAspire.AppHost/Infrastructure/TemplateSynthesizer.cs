using System.Security.Cryptography;
using System.Text;

namespace QuizAspire.AppHost.Infrastructure;

/// <summary>
/// Gives the templates, from <c>artifacts/cdk/HASH/</c> when they were synthesized from these sources before. Only the child process
/// that synthesizes loads the CDK: a start that finds its templates spends nothing on it.
/// </summary>
/// <param name="artifactsDirectory">The directory of everything generated, <c>artifacts/</c> of the repository.</param>
/// <param name="findNode">Gives the path of Node; called only when there is something to synthesize.</param>
internal sealed class TemplateSynthesizer(string artifactsDirectory, Func<string> findNode, TimeProvider time)
{
    private const string UnfinishedPrefix = ".unfinished-";
    private const int TemplatesKept = 10;

    private readonly string _directory = Path.Combine(artifactsDirectory, "cdk");

    /// <summary>The templates' paths; synthesizes them first, which takes seconds, where the sources are new.</summary>
    /// <param name="tell">Told in one line when synthesis begins.</param>
    /// <exception cref="LaunchException">Node is missing, or the synthesis failed.</exception>
    public SynthesizedTemplates Synthesize(Action<string>? tell = null)
    {
        var templates = In(Path.Combine(_directory, Fingerprint()));
        if (Exist(templates))
            return templates;

        tell?.Invoke("Synthesizing the CloudFormation template, because the stack is new or has changed ...");
        var node = findNode();
        var unfinished = Directory.CreateDirectory(Path.Combine(_directory, $"{UnfinishedPrefix}{Guid.NewGuid():N}"));
        try
        {
            var output = Path.Combine(unfinished.FullName, "output");
            SynthesisProcess.Run(node, output, packages: null, In(output).Resources);
            Publish(output, templates);
        }
        finally
        {
            TryDelete(unfinished);
        }

        Prune();
        return templates;
    }

    /// <summary>
    /// Writes the cloud assembly of the whole infrastructure, packages included, which <c>cdk deploy --app DIRECTORY</c> deploys. The same
    /// sources and packages give the same bytes.
    /// </summary>
    /// <returns>The template's path.</returns>
    /// <exception cref="LaunchException">Node is missing, or the synthesis failed.</exception>
    public string SynthesizeAssembly(string outputDirectory, FunctionPackages packages)
    {
        var node = findNode();
        var template = In(outputDirectory).Stack;
        SynthesisProcess.Run(node, outputDirectory, packages, template);
        return template;
    }

    /// <summary>Over what decides the templates: the sources of this folder, which depends on no other, and the CDK's version.</summary>
    internal static string Fingerprint()
    {
        var assembly = typeof(TemplateSynthesizer).Assembly;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sources = assembly.GetManifestResourceNames().Where(name => name.StartsWith("infrastructure/", StringComparison.Ordinal));
        foreach (var name in sources.Order(StringComparer.Ordinal))
        {
            using var source = new StreamReader(assembly.GetManifestResourceStream(name)!);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{source.ReadToEnd()}\n"));
        }

        var cdk = Array.Find(assembly.GetReferencedAssemblies(), reference => reference.Name == "Amazon.CDK.Lib");
        hash.AppendData(Encoding.UTF8.GetBytes($"{cdk}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static SynthesizedTemplates In(string directory) => new(
        Path.Combine(directory, $"{QuizStack.Id}.template.json"),
        Path.Combine(directory, $"{QuizResourcesStack.Id}.template.json"));

    private static bool Exist(SynthesizedTemplates templates) => File.Exists(templates.Stack) && File.Exists(templates.Resources);

    /// <summary>A rename is whole or not at all; when another process was faster, its result is as good.</summary>
    private static void Publish(string output, SynthesizedTemplates templates)
    {
        try
        {
            Directory.Move(output, Path.GetDirectoryName(templates.Stack)!);
        }
        catch (IOException) when (Exist(templates))
        {
        }
    }

    private void Prune()
    {
        var directories = new DirectoryInfo(_directory).GetDirectories();
        var abandoned = directories.Where(directory => directory.Name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal)
            && directory.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - 2 * SynthesisProcess.Limit);
        var old = directories.Where(directory => !directory.Name.StartsWith(UnfinishedPrefix, StringComparison.Ordinal))
            .OrderByDescending(directory => directory.LastWriteTimeUtc).Skip(TemplatesKept);
        foreach (var directory in abandoned.Concat(old).ToArray())
            TryDelete(directory);
    }

    internal static void TryDelete(DirectoryInfo directory)
    {
        try
        {
            directory.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process may be at it; what is left under artifacts/ is deleted by a later start.
        }
    }
}
