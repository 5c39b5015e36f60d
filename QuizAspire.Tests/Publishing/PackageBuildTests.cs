using QuizAspire.AppHost.Publishing;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

public sealed class PackageBuildTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("package-build-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task A_failed_build_is_told_with_what_it_said_and_leaves_no_package()
    {
        var project = Path.Combine(_scratch.FullName, "Broken.csproj");
        await File.WriteAllTextAsync(project, """
            <Project>
              <Target Name="Restore" />
              <Target Name="Publish"><Error Text="the reason of the test" /></Target>
            </Project>
            """);
        var output = _scratch.CreateSubdirectory("out");
        await File.WriteAllTextAsync(Path.Combine(output.FullName, "stale.dll"), "of an earlier build");

        var failure = await Assert.ThrowsAsync<PublishException>(() =>
            new PackageBuild(_scratch.FullName, Path.Combine(_scratch.FullName, "work"), "x64").RunAsync(project, output.FullName, CancellationToken.None));

        Assert.StartsWith("Broken.csproj could not be built (exit code 1):", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the reason of the test", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output.FullName));
    }

    [LinuxFact]
    public async Task A_cancelled_build_ends_with_its_processes()
    {
        var started = Path.Combine(_scratch.FullName, "started");
        var project = Path.Combine(_scratch.FullName, "Slow.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <Target Name="Restore" />
              <Target Name="Publish"><Exec Command="echo $$ > {started}.unfinished &amp;&amp; mv {started}.unfinished {started} &amp;&amp; exec sleep 600" /></Target>
            </Project>
            """);
        using var cancellation = new CancellationTokenSource();

        var build = new PackageBuild(_scratch.FullName, _scratch.FullName, "x64").RunAsync(project, Path.Combine(_scratch.FullName, "out"), cancellation.Token);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(File.Exists(started)), "the build has started", TimeSpan.FromSeconds(60));
        var process = (await File.ReadAllTextAsync(started)).Trim();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        await Eventually.BecomesTrueAsync(() => Task.FromResult(!IsRunning(process)), "the build's process has ended", TimeSpan.FromSeconds(30));
    }

    // A process that has ended and whose parent has not asked for its exit code yet still has its folder.
    private static bool IsRunning(string id) =>
        File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
}
