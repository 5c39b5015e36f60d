using System.Diagnostics;
using QuizAspire.AppHost;
using QuizAspire.AppHost.Publishing;
using QuizAspire.Tests.Support;

namespace QuizAspire.Tests.Publishing;

/// <summary>What AppHost answers to a publication that it cannot make. Each ends before anything is built.</summary>
public sealed class PublishCommandTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("publish-command-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task A_directory_with_somebodys_files_is_refused_with_one_message_and_kept()
    {
        File.WriteAllText(Path.Combine(_scratch.FullName, "thesis.md"), "years");

        var (exitCode, said) = await AppHostAsync("--operation", "publish", "--output-path", _scratch.FullName);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{_scratch.FullName} holds files that no publication has written", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal("thesis.md", Assert.Single(_scratch.EnumerateFileSystemInfos()).Name);
    }

    [Fact]
    public async Task A_parameter_that_the_template_does_not_have_is_refused()
    {
        var (exitCode, said) = await AppHostAsync(
            "--operation", "publish", "--output-path", Path.Combine(_scratch.FullName, "cloud"), "--parameter", "Colour=green");

        Assert.Equal(1, exitCode);
        Assert.Contains("no parameter 'Colour'", said, StringComparison.Ordinal);
        Assert.Empty(_scratch.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_step_that_does_not_exist_is_a_failure()
    {
        var (exitCode, said) = await AppHostAsync("--operation", "publish", "--output-path", Path.Combine(_scratch.FullName, "cloud"), "--step", "bake");

        Assert.Equal(1, exitCode);
        Assert.Contains("bake", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_that_lambda_does_not_have_is_refused()
    {
        using var error = new StringWriter();

        Assert.Null(LaunchOptions.Parse(["--operation", "publish", "--output-path", "x", "--architecture", "riscv64"], out var exitCode, error, error));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("riscv64", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new string[0], "arm64")]
    [InlineData(new[] { "--architecture", "x64" }, "x64")]
    public void Functions_are_for_arm64_unless_the_other_is_chosen(string[] given, string expected)
    {
        var options = LaunchOptions.Parse(["--operation", "publish", "--output-path", "x", .. given], out _);

        Assert.Equal(expected, options?.Architecture);
        Assert.Contains(expected, PublishOptions.Architectures);
    }

    private static Task<(int ExitCode, string Output)> AppHostAsync(params string[] arguments) => ChildProcess.RunAsync(
        new ProcessStartInfo("dotnet", ["exec", Repository.AssemblyOf("QuizAspire.AppHost"), .. arguments]), CancellationToken.None);
}
