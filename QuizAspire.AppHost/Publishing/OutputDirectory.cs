using System.Security.Cryptography;

namespace QuizAspire.AppHost.Publishing;

/// <summary>
/// The directory of a publication. It appears whole or not at all, and takes the place of an earlier publication only as long as nobody
/// has put anything of their own there.
/// </summary>
internal sealed class OutputDirectory : IDisposable
{
    /// <summary>
    /// Lists every other file with its hash, as <c>sha256sum --check</c> reads it; it also tells a publication from any other directory.
    /// </summary>
    public const string ListFile = "publication.sha256";

    private readonly string _directory;

    /// <exception cref="PublishException">There is something at the path that would be lost.</exception>
    public OutputDirectory(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        // A link to a directory stays, and what it leads to is replaced.
        _directory = Directory.Exists(path) && Directory.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
        RequireReplaceable();
        Unfinished = Path.Combine(
            Path.GetDirectoryName(_directory) ?? throw new PublishException($"{path} cannot be replaced: choose a directory below it."),
            $".{Path.GetFileName(_directory)}.unfinished-{Guid.NewGuid():N}");
    }

    /// <summary>Where to write first: a neighbour, so that it can be moved in one step. It does not exist yet.</summary>
    public string Unfinished { get; }

    public void Finish()
    {
        File.WriteAllText(Path.Combine(Unfinished, ListFile), string.Concat(FilesIn(Unfinished).Select(file => $"{file.Value}  {file.Key}\n")));
        // Somebody may have used the time.
        RequireReplaceable();
        if (!Directory.Exists(_directory))
        {
            Directory.Move(Unfinished, _directory);
            return;
        }

        var former = Unfinished.Replace(".unfinished-", ".former-", StringComparison.Ordinal);
        Directory.Move(_directory, former);
        try
        {
            Directory.Move(Unfinished, _directory);
        }
        catch
        {
            Directory.Move(former, _directory);
            throw;
        }

        // The publication is there by now: a former one that cannot be deleted, because somebody has a file of it open, is no failure.
        TryDelete(former);
    }

    public void Dispose()
    {
        if (Directory.Exists(Unfinished))
            TryDelete(Unfinished);
    }

    private static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{directory} is left over and could not be deleted: {exception.Message}");
        }
    }

    private void RequireReplaceable()
    {
        if (File.Exists(_directory))
            throw new PublishException($"{_directory} is a file: give --output-path a directory.");
        if (!Directory.Exists(_directory) || !Directory.EnumerateFileSystemEntries(_directory).Any())
            return;
        if (!File.Exists(Path.Combine(_directory, ListFile)))
            throw new PublishException(
                $"{_directory} holds files that no publication has written ({ListFile} is missing): give --output-path a directory that is " +
                "new, empty or published before.");

        var listed = File.ReadLines(Path.Combine(_directory, ListFile))
            .Select(line => line.Split("  ", 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        var own = FilesIn(_directory).Where(file => listed.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToArray();
        if (own.Length > 0)
            throw new PublishException(
                $"{_directory} holds what would be lost, because it was added or changed after publishing: {string.Join(", ", own)}. " +
                "Move it away, or give --output-path another directory.");
    }

    /// <summary>Path and SHA-256 of each file but the list, in order of their paths.</summary>
    private static SortedDictionary<string, string> FilesIn(string directory)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/') is var name && name != ListFile)
                files[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return files;
    }
}
