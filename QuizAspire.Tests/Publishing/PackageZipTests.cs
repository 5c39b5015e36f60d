using System.IO.Compression;
using QuizAspire.AppHost.Publishing;

namespace QuizAspire.Tests.Publishing;

public sealed class PackageZipTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("package-zip-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public void Names_and_contents_alone_decide_the_bytes()
    {
        var one = Files("one", ("b.dll", "B"), ("a/x.json", "X"), ("A.dll", "A"));
        var other = Files("other", ("A.dll", "A"), ("a/x.json", "X"), ("b.dll", "B"));
        File.SetLastWriteTimeUtc(Path.Combine(other, "b.dll"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(other, "A.dll"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(Zipped(one), Zipped(other));
    }

    [Theory]
    [InlineData("A.dll", "changed")]
    [InlineData("a.dll", "A")]
    public void Another_name_or_content_gives_other_bytes(string name, string content) =>
        Assert.NotEqual(Zipped(Files("one", ("A.dll", "A"))), Zipped(Files("other", (name, content))));

    [Fact]
    public void Entries_are_in_order_readable_by_all_and_without_symbols()
    {
        using var zip = new ZipArchive(new MemoryStream(Zipped(Files("one", ("b.dll", "B"), ("b.pdb", "symbols"), ("a/x.json", "X"), ("B.dll", "b")))));

        Assert.Equal(["B.dll", "a/x.json", "b.dll"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal("100644", Convert.ToString(entry.ExternalAttributes >>> 16, 8)));
        Assert.Equal("X", new StreamReader(zip.Entries[1].Open()).ReadToEnd());
    }

    private string Files(string name, params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(_scratch.FullName, name, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        return Path.Combine(_scratch.FullName, name);
    }

    private byte[] Zipped(string directory)
    {
        var zip = Path.Combine(_scratch.FullName, $"{Guid.NewGuid():N}.zip");
        PackageZip.Create(directory, zip);
        return File.ReadAllBytes(zip);
    }
}
