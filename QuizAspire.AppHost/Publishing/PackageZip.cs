using System.IO.Compression;

namespace QuizAspire.AppHost.Publishing;

/// <summary>A zip whose bytes depend on the files' names and contents alone.</summary>
internal static class PackageZip
{
    /// <summary>Where zip's calendar begins.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A regular file that all may read: Lambda runs a function as a user of its own.</summary>
    private const int Mode = (0b1000_000_110_100_100) << 16;

    public static void Create(string directory, string zipFile)
    {
        using var zip = new ZipArchive(File.Create(zipFile), ZipArchiveMode.Create);
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(file => (Path: file, Name: Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/')))
            .Where(file => !file.Name.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (path, name) in files)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = NoTime;
            entry.ExternalAttributes = Mode;
            using var content = entry.Open();
            using var source = File.OpenRead(path);
            source.CopyTo(content);
        }
    }
}
