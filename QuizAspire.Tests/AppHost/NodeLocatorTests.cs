using QuizAspire.AppHost;

namespace QuizAspire.Tests.AppHost;

public sealed class NodeLocatorTests : IDisposable
{
    private static readonly string Executable = OperatingSystem.IsWindows() ? "node.exe" : "node";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("node-locator-");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("22.5.0")]
    [InlineData("24.1.0")]
    public void Node_on_the_path_is_used_when_new_enough(string version)
    {
        var system = Touch("usr", Executable);
        Touch("tools", "node_modules", "node-test", "bin", Executable);

        Assert.Equal(system, Find("node-test", _ => Version.Parse(version)));
    }

    [Theory]
    [InlineData("20.20.2")]
    [InlineData("22.4.9")]
    [InlineData(null)]
    public void Installed_node_is_used_when_the_one_on_the_path_is_too_old_or_broken(string? version)
    {
        Touch("usr", Executable);
        var installed = Touch("tools", "node_modules", "node-test", "bin", Executable);

        Assert.Equal(installed, Find("node-test", _ => version is null ? null : Version.Parse(version)));
    }

    [Fact]
    public void Missing_node_is_one_clear_error_that_names_what_was_found()
    {
        Touch("usr", Executable);

        var error = Assert.Throws<LaunchException>(() => Find(null, _ => new Version(18, 0, 0)));

        Assert.Contains("18.0.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("22.5", error.Message, StringComparison.Ordinal);
    }

    private string Find(string? package, Func<string, Version?> versionOf) =>
        NodeLocator.Find(Path.Combine(_root.FullName, "tools"), [Path.Combine(_root.FullName, "usr")], package, versionOf);

    private string Touch(params string[] path)
    {
        var file = Path.Combine([_root.FullName, .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
