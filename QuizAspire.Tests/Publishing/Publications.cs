using System.Diagnostics;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Infrastructure;
using QuizAspire.AppHost.Publishing;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

/// <summary>
/// The system published twice: by the command that README names, and from a copy of the sources at another path where nothing was ever built.
/// Building takes its time, so all tests of what is published share these.
/// </summary>
public sealed class Publications : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("publications-");

    /// <summary>What the command wrote.</summary>
    public string Published => Path.Combine(_scratch.FullName, "cloud");

    /// <summary>What was published from the copy, for the same architecture.</summary>
    public string FromCopy => Path.Combine(_scratch.FullName, "from-copy");

    public string Copy => Path.Combine(_scratch.FullName, "elsewhere");

    /// <summary>The functions' package for this machine's architecture, unpacked.</summary>
    public string Unpacked => Path.Combine(_scratch.FullName, "unpacked");

    public string Said { get; private set; } = "";

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await PublishByCommandAsync(deadline.Token);
        await PublishFromCopyAsync(deadline.Token);
    }

    public Task DisposeAsync()
    {
        _scratch.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private async Task PublishByCommandAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", Repository.AssemblyOf("QuizAspire.AppHost"), "--operation", "publish", "--output-path", Published]);
        // The credentials and the Docker of whoever runs the tests must make no difference.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        var (exitCode, said) = await ChildProcess.RunAsync(start, cancellationToken);
        Assert.True(exitCode == 0, said);
        Said = said;
    }

    private async Task PublishFromCopyAsync(CancellationToken cancellationToken)
    {
        CopySources();
        var folders = new ProjectFolders(Path.Combine(Copy, "QuizAspire.AppHost"));
        var synthesizer = new TemplateSynthesizer(folders.Artifacts, () => NodeLocator.Find(Repository.Tools), TimeProvider.System);
        var progress = new PublishProgress(step: null, TextWriter.Null, TimeProvider.System);
        await new Publication(folders, new PublishOptions("arm64", new Dictionary<string, string>()), synthesizer).WriteAsync(FromCopy, progress, cancellationToken);

        await new PackageBuild(Copy, Path.Combine(folders.Artifacts, "publish", "build"), "x64")
            .RunAsync(Path.Combine(Copy, "QuizAspire.Functions"), Unpacked, cancellationToken);
    }

    /// <summary>What git would give, and as if the tools were installed already, which a build does when they are missing.</summary>
    private void CopySources()
    {
        string[] generated = ["bin", "obj", "artifacts", "node_modules", ".git", "TestResults"];
        CopyDirectory(new DirectoryInfo(Repository.Root), Copy);
        foreach (var marker in new[] { "tools/node_modules/.installed", "artifacts/aspire/.installed" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Copy, marker))!);
            File.WriteAllText(Path.Combine(Copy, marker), "");
        }

        if (new FileInfo(Path.Combine(Repository.Root, "artifacts", "PackageMode.props")) is { Exists: true } mode)
            mode.CopyTo(Path.Combine(Copy, "artifacts", mode.Name));

        void CopyDirectory(DirectoryInfo from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var file in from.EnumerateFiles())
                file.CopyTo(Path.Combine(to, file.Name));
            foreach (var directory in from.EnumerateDirectories().Where(directory => !generated.Contains(directory.Name, StringComparer.Ordinal)))
                CopyDirectory(directory, Path.Combine(to, directory.Name));
        }
    }
}

[CollectionDefinition(nameof(Publications))]
public sealed class PublishedOnce : ICollectionFixture<Publications>;
