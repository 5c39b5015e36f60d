using System.Security.Cryptography;
using System.Text;
using QuizAspire.AppHost.Publishing;

namespace QuizAspire.Tests.Publishing;

public sealed class OutputDirectoryTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("output-directory-");

    public void Dispose() => _scratch.Delete(recursive: true);

    private string Output => Path.Combine(_scratch.FullName, "cloud");

    [Fact]
    public void A_new_directory_appears_with_the_list_of_its_files()
    {
        Publish(("template.json", "{}"), ("code/a.zip", "zip"));

        Assert.Equal("{}", Read("template.json"));
        Assert.Equal(
            $"{Sha256("zip")}  code/a.zip\n{Sha256("{}")}  template.json\n",
            Read(OutputDirectory.ListFile));
        AssertNothingBeside();
    }

    [Fact]
    public void An_empty_directory_is_taken()
    {
        Directory.CreateDirectory(Output);

        Publish(("template.json", "{}"));

        Assert.Equal("{}", Read("template.json"));
    }

    [Fact]
    public void A_former_publication_is_replaced_as_a_whole()
    {
        Publish(("template.json", "{}"), ("old.zip", "old"));

        Publish(("template.json", "{ }"));

        Assert.Equal("{ }", Read("template.json"));
        Assert.False(File.Exists(Path.Combine(Output, "old.zip")));
        AssertNothingBeside();
    }

    [Fact]
    public void Somebody_elses_directory_is_refused_before_any_work()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "thesis.md"), "years");

        var refusal = Assert.Throws<PublishException>(() => new OutputDirectory(Output));

        Assert.Contains(Output, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("years", Read("thesis.md"));
        AssertNothingBeside();
    }

    [Theory]
    [InlineData("parameters.json", "changed")]
    [InlineData("notes.md", "added")]
    public void A_publication_in_which_somebody_has_worked_is_refused_with_the_files_name(string file, string content)
    {
        Publish(("parameters.json", "[]"));
        File.WriteAllText(Path.Combine(Output, file), content);

        var refusal = Assert.Throws<PublishException>(() => new OutputDirectory(Output));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(content, Read(file));
    }

    [Fact]
    public void What_was_put_there_during_the_work_is_kept()
    {
        using var output = Begin(("template.json", "{}"));
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "thesis.md"), "years");

        Assert.Throws<PublishException>(output.Finish);

        Assert.Equal("years", Read("thesis.md"));
    }

    [Fact]
    public void A_file_is_no_directory()
    {
        File.WriteAllText(Output, "a file");

        Assert.Throws<PublishException>(() => new OutputDirectory(Output));

        Assert.Equal("a file", File.ReadAllText(Output));
    }

    [Fact]
    public void Work_that_is_not_finished_leaves_what_was_there()
    {
        Publish(("template.json", "{}"));

        Begin(("template.json", "half")).Dispose();

        Assert.Equal("{}", Read("template.json"));
        AssertNothingBeside();
    }

    [Fact]
    public void A_link_stays_and_the_directory_behind_it_is_replaced()
    {
        var behind = Path.Combine(_scratch.FullName, "behind");
        Directory.CreateDirectory(behind);
        Directory.CreateSymbolicLink(Output, behind);

        Publish(("template.json", "{}"));

        Assert.Equal("{}", File.ReadAllText(Path.Combine(behind, "template.json")));
        Assert.NotNull(new DirectoryInfo(Output).LinkTarget);
    }

    private static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private string Read(string file) => File.ReadAllText(Path.Combine(Output, file));

    private void Publish(params (string Path, string Content)[] files)
    {
        using var output = Begin(files);
        output.Finish();
    }

    private OutputDirectory Begin(params (string Path, string Content)[] files)
    {
        var output = new OutputDirectory(Output + Path.DirectorySeparatorChar);
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(output.Unfinished, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        return output;
    }

    private void AssertNothingBeside() =>
        Assert.DoesNotContain(_scratch.EnumerateFileSystemInfos(), entry => entry.FullName != Output);
}
