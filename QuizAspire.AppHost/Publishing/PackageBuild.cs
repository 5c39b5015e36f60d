using System.Diagnostics;

namespace QuizAspire.AppHost.Publishing;

/// <summary>Builds a program of this repository for Lambda's managed runtime: the same bytes from the same sources, wherever they are.</summary>
/// <param name="repository">The repository's directory.</param>
/// <param name="workDirectory">Where this build keeps its own obj/ and bin/, so that those of the source tree stay as they are.</param>
/// <param name="architecture">arm64 or x64.</param>
internal sealed class PackageBuild(string repository, string workDirectory, string architecture)
{
    /// <summary>
    /// Builds <paramref name="project"/>, a project file or its directory, into <paramref name="output"/>, whose former content goes.
    /// </summary>
    /// <exception cref="PublishException">The build failed; the message holds what it said.</exception>
    public async Task RunAsync(string project, string output, CancellationToken cancellationToken)
    {
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Arguments(project, output))
        {
            WorkingDirectory = repository,
        };
        // This process may itself have been started by `dotnet run` or `dotnet test`, whose MSBuild settings are not those of another build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);

        var (exitCode, said) = await ChildProcess.RunAsync(start, cancellationToken);
        if (exitCode != 0)
            throw new PublishException(
                $"{Path.GetFileName(project)} could not be built (exit code {exitCode}):{Environment.NewLine}{said.TrimEnd()}");
    }

    private string[] Arguments(string project, string output) =>
    [
        "publish", project, "--configuration", "Release", "--runtime", $"linux-{architecture}", "--no-self-contained", "--nologo", "--verbosity", "quiet",
        // By the properties behind --artifacts-path and --output, which dotnet would pass on without hiding what MSBuild would split.
        $"-p:ArtifactsPath={Escaped(workDirectory)}", $"-p:PublishDir={Escaped(output)}{Path.DirectorySeparatorChar}",
        // Lambda starts the assembly with the runtime that it brings.
        "-p:UseAppHost=false",
        // Compiled ahead of time: a cold start would otherwise spend most of its time in the JIT.
        "-p:PublishReadyToRun=true",
        // One event at a time on a fraction of two cores: heaps per core and a collector thread cost more than they give.
        "-p:ServerGarbageCollection=false", "-p:ConcurrentGarbageCollection=false", "-p:TieredPGO=false",
        // What would differ between two clones or two commits with the same sources: paths, symbols, the commit's hash.
        "-p:ContinuousIntegrationBuild=true", "-p:DeterministicSourcePaths=false", $"-p:PathMap={Escaped(PathMap)}",
        "-p:DebugType=none", "-p:DebugSymbols=false", "-p:EnableSourceControlManagerQueries=false", "-p:IncludeSourceRevisionInInformationalVersion=false",
        // Nothing is left running behind.
        "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    /// <summary>The repository is called /_/ in what is built; the compiler wants a separator in a path doubled.</summary>
    private string PathMap => Path.TrimEndingDirectorySeparator(repository)
        .Replace(",", ",,", StringComparison.Ordinal).Replace("=", "==", StringComparison.Ordinal) + Path.DirectorySeparatorChar + "=/_/";

    private static string Escaped(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
}
